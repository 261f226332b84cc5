package dev.ss.store;

import static dev.ss.store.Filters.filter;
import static dev.ss.store.Runs.FAIL;
import static dev.ss.store.Runs.SUCCEED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.store.JobSweep.Action;
import dev.ss.store.JobSweep.Changed;
import dev.ss.store.JobSweep.Matched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface SweepConformance extends OnStore {
  JobFilter WORDS = filter().types("word-count").build();

  private JobSweep sweep() {
    return new JobSweep(store().database(), store().clock());
  }

  private List<UUID> submitMany(int count) {
    return IntStream.range(0, count).mapToObj(i -> store().submit().id()).toList();
  }

  private List<Changed> swept(Action action, JobFilter filter, int limit, Matched expected) {
    List<Changed> changed = new ArrayList<>();
    assertThat(sweep().sweep(action, filter, limit, Optional.of("ops"), changed::addAll))
        .isEqualTo(expected);
    return changed;
  }

  @Test
  default void queuedJobsAreCancelledAndTheWorkersOfRunningOnesAsked() {
    Job running = store().submit();
    ManualWorker.Started started = store().worker().start();
    Job queued = store().submit();
    Job other = store().submit(store().newJob().type("checksum").build());
    store().clock().advance(Duration.ofMinutes(1));

    assertThat(swept(Action.CANCEL, WORDS, 10, new Matched(2, false)))
        .containsExactlyInAnyOrder(
            new Changed("word-count", JobState.RUNNING),
            new Changed("word-count", JobState.CANCELLED));

    Job cancelled = store().job(queued.id());
    assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
    assertThat(cancelled.errorCode()).contains("cancelled");
    assertThat(cancelled.finishedAt()).contains(store().clock().instant());
    assertThat(cancelled.changedBy()).contains("ops");
    assertThat(started.cancelRequested()).contains(true);
    assertThat(store().job(running.id()).finishedAt()).isEmpty();
    assertThat(store().job(running.id()).errorCode()).isEmpty();
    assertThat(store().job(other.id())).isEqualTo(other);
  }

  @Test
  default void aJobWhoseWorkerHasBeenAskedIsNotAskedAgain() {
    store().submit();
    store().worker().start();
    swept(Action.CANCEL, WORDS, 10, new Matched(1, false));

    assertThat(swept(Action.CANCEL, WORDS, 10, new Matched(0, false))).isEmpty();
  }

  @Test
  default void aSweptJobIsRetriedAsIfItHadBeenRetriedAlone() {
    Job one = store().submit();
    store().worker().start().finish(Runs.failed("busy"), FAIL);
    Job other = store().submit();
    store().worker().start().finish(Runs.failed("busy"), FAIL);
    store().control().retry(one.id(), Optional.of("ops"));

    assertThat(swept(Action.RETRY, WORDS, 10, new Matched(1, false)))
        .containsExactly(new Changed("word-count", JobState.QUEUED));

    assertThat(store().job(other.id()))
        .usingRecursiveComparison()
        .ignoringFields("id", "createdAt")
        .isEqualTo(store().job(one.id()));
  }

  @Test
  default void whatCannotBeChangedStaysAsItIs() {
    Job succeeded = store().submit();
    store().worker().start().finish(Runs.succeeded("42"), SUCCEED);
    Job before = store().job(succeeded.id());

    swept(Action.CANCEL, WORDS, 10, new Matched(0, false));
    swept(Action.RETRY, WORDS, 10, new Matched(0, false));
    swept(Action.RETRY, filter().states(JobState.SUCCEEDED).build(), 10, new Matched(0, false));

    assertThat(store().job(succeeded.id())).isEqualTo(before);
  }

  @Test
  default void theOldestJobsAreChangedUpToTheLimitAndTheRestIsAnnounced() {
    List<UUID> jobs = submitMany(450);

    assertThat(swept(Action.CANCEL, WORDS, 430, new Matched(430, true))).hasSize(430);
    assertThat(jobs.subList(0, 430))
        .allSatisfy(job -> assertThat(store().job(job).state()).isEqualTo(JobState.CANCELLED));
    assertThat(jobs.subList(430, 450))
        .allSatisfy(job -> assertThat(store().job(job).state()).isEqualTo(JobState.QUEUED));

    assertThat(swept(Action.CANCEL, WORDS, 20, new Matched(20, false))).hasSize(20);
    assertThat(swept(Action.RETRY, WORDS, 1000, new Matched(450, false))).hasSize(450);
  }

  @Test
  default void countingChangesNothing() {
    submitMany(250);
    var before = store().contents();

    assertThat(sweep().count(Action.CANCEL, WORDS, 1000)).isEqualTo(new Matched(250, false));
    assertThat(sweep().count(Action.CANCEL, WORDS, 250)).isEqualTo(new Matched(250, false));
    assertThat(sweep().count(Action.CANCEL, WORDS, 249)).isEqualTo(new Matched(249, true));
    assertThat(sweep().count(Action.RETRY, WORDS, 1000)).isEqualTo(new Matched(0, false));
    assertThat(store().contents()).isEqualTo(before);
  }

  @Test
  default void jobsAreSelectedByLabelsToo() {
    Job wanted = store().submit(store().newJob().labels(Map.of("team", "data")).build());
    Job other = store().submit(store().newJob().labels(Map.of("team", "web")).build());

    swept(Action.CANCEL, filter().labels("team:data").build(), 10, new Matched(1, false));

    assertThat(store().job(wanted.id()).state()).isEqualTo(JobState.CANCELLED);
    assertThat(store().job(other.id()).state()).isEqualTo(JobState.QUEUED);
  }

  /** What the other processes of a database do between two batches. */
  @Test
  default void aRetriedJobThatFailsAgainMeanwhileIsNotRetriedTwice() {
    submitMany(250);
    store().sql("update jobs set state = 'failed', finished_at = created_at");
    List<Changed> changed = new ArrayList<>();

    Matched matched =
        sweep()
            .sweep(
                Action.RETRY,
                WORDS,
                1000,
                Optional.empty(),
                jobs -> {
                  changed.addAll(jobs);
                  store().sql("update jobs set state = 'failed', finished_at = created_at");
                });

    assertThat(matched).isEqualTo(new Matched(250, false));
    assertThat(changed).hasSize(250);
  }

  @Test
  default void whatWasCommittedBeforeAFailureIsKnown() {
    submitMany(250);
    List<Changed> changed = new ArrayList<>();

    assertThatThrownBy(
            () ->
                sweep()
                    .sweep(
                        Action.CANCEL,
                        WORDS,
                        1000,
                        Optional.empty(),
                        jobs -> {
                          changed.addAll(jobs);
                          store().sql("alter table jobs rename to out_of_the_way");
                        }))
        .isInstanceOf(RuntimeException.class);
    store().sql("alter table out_of_the_way rename to jobs");

    assertThat(changed).hasSize(200);
    assertThat(store().jobs().count(WORDS, 1000).ofStates())
        .containsEntry(JobState.CANCELLED, 200)
        .containsEntry(JobState.QUEUED, 50);
  }
}
