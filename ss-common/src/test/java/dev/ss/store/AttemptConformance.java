package dev.ss.store;

import static dev.ss.store.Runs.FAIL;
import static dev.ss.store.Runs.GIVE_BACK;
import static dev.ss.store.Runs.SUCCEED;
import static dev.ss.store.Runs.TRY_AGAIN_AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.job.Attempt;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.Output;
import dev.ss.job.RunResult;
import dev.ss.store.Jobs.StoredOutput;
import dev.ss.store.Jobs.Stream;
import dev.ss.store.ManualWorker.Started;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface AttemptConformance extends OnStore {
  Duration A_WHILE = Duration.ofMinutes(10);

  @Test
  default void aStartedJobIsRunning() {
    Job job = store().submit();
    store().clock().advance(A_WHILE);

    Attempt attempt = store().worker().start().attempt();

    Instant now = store().clock().instant();
    assertThat(attempt)
        .isEqualTo(
            new Attempt(
                job.id(),
                "word-count",
                1,
                1,
                3,
                job.createdAt(),
                job.runAt(),
                now,
                Optional.empty()));
    assertThat(store().job(job.id()))
        .returns(JobState.RUNNING, Job::state)
        .returns(1, Job::attempt)
        .satisfies(running -> assertThat(running.startedAt()).contains(now));
  }

  @Test
  default void aJobIsStartedOnlyOnceByItsExecution() {
    store().submit();
    Started started = store().worker().start();

    assertThat(store().attempts().start(started.execution(), "another")).isEmpty();
  }

  @Test
  default void aJobNobodyKnowsIsNotStarted() {
    Execution unknown = new Execution(new UUID(1, 2), 1);

    assertThat(store().attempts().start(unknown, "worker")).isEmpty();
  }

  @Test
  default void aSucceededJobIsFinalAndItsExecutionGone() {
    Job job = store().submit();
    Started started = store().worker().start();
    store().clock().advance(A_WHILE);

    assertThat(started.finish(Runs.succeeded("42"), SUCCEED)).contains(SUCCEED);

    assertThat(store().job(job.id()))
        .returns(JobState.SUCCEEDED, Job::state)
        .satisfies(
            ended -> {
              assertThat(ended.finishedAt()).contains(store().clock().instant());
              assertThat(ended.exitCode()).contains(0);
              assertThat(ended.errorCode()).isEmpty();
            });
    assertThat(store().scheduled()).isEmpty();
  }

  @Test
  default void aFailedJobSaysWhy() {
    Job job = store().submit();

    store().worker().start().finish(Runs.failed("no such file"), FAIL);

    assertThat(store().job(job.id()))
        .returns(JobState.FAILED, Job::state)
        .satisfies(
            ended -> {
              assertThat(ended.exitCode()).contains(3);
              assertThat(ended.errorCode()).contains("command_failed");
            });
  }

  @Test
  default void aJobThatIsTriedAgainWaitsForItsDelay() {
    Job job = store().submit(store().newJob().priority(7).build());
    NextStep later = new NextStep.QueueAgain(A_WHILE, false);
    ManualWorker worker = store().worker();
    Started started = worker.start();
    worker.close();

    assertThat(started.finish(Runs.failed("busy"), later)).contains(later);

    Instant due = store().clock().instant().plus(A_WHILE);
    assertThat(store().job(job.id()))
        .returns(JobState.QUEUED, Job::state)
        .returns(1, Job::attempt)
        .returns(due, Job::runAt)
        .satisfies(queued -> assertThat(queued.errorCode()).contains("command_failed"));
    assertThat(store().scheduled())
        .containsExactly(new TestStore.Scheduled(new Execution(job.id(), 2), due, 7));
  }

  @Test
  default void everyTryIsAnAttemptAndARunOfItsOwn() {
    store().submit();
    ManualWorker worker = store().worker();

    worker.start().finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE);
    Attempt second = worker.start().attempt();

    assertThat(second.number()).isEqualTo(2);
    assertThat(second.run()).isEqualTo(2);
  }

  @Test
  default void anInterruptedAttemptCostsNoneButItsRunNeverRepeats() {
    Job job = store().submit();
    ManualWorker worker = store().worker();

    worker.start().finish(Runs.interrupted(), GIVE_BACK);
    assertThat(store().job(job.id()).attempt()).isZero();
    Attempt again = worker.start().attempt();

    assertThat(again.number()).isEqualTo(1);
    assertThat(again.run()).isEqualTo(2);
  }

  @Test
  default void theQueueWaitOfALaterAttemptBeginsWhenItsBackoffEnds() {
    store().submit();
    ManualWorker worker = store().worker();
    worker.start().finish(Runs.failed("busy"), new NextStep.QueueAgain(A_WHILE, false));
    store().clock().advance(A_WHILE.plusSeconds(4));

    assertThat(worker.start().attempt().queueWait()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  default void outputsAreKeptByteForByteWithTheirMarks() {
    Job job = store().submit();
    byte[] binary = {0, 1, (byte) 0xff, 0, 'x', (byte) 0x80, 0};
    RunResult result =
        RunResult.exited(0, new Output(binary, true), new Output(new byte[] {0}, false));

    store().worker().start().finish(result, SUCCEED);

    StoredOutput stdout = store().jobs().output(job.id(), Stream.STDOUT).orElseThrow();
    assertThat(stdout.output().bytes()).isEqualTo(binary);
    assertThat(stdout.output().truncated()).isTrue();
    StoredOutput stderr = store().jobs().output(job.id(), Stream.STDERR).orElseThrow();
    assertThat(stderr.output().bytes()).containsExactly(0);
    assertThat(stderr.output().truncated()).isFalse();
  }

  @Test
  default void anUnfinishedJobHasNoOutput() {
    Job job = store().submit();
    store().worker().start();

    assertThat(store().jobs().output(job.id(), Stream.STDOUT)).isEmpty();
  }

  @Test
  default void theOutputIsThatOfTheLastFinishedAttempt() {
    Job job = store().submit();
    ManualWorker worker = store().worker();

    worker.start().finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE);
    assertOutput(job, Stream.STDERR, 1, "busy");
    worker.start().finish(Runs.succeeded("42"), SUCCEED);
    assertOutput(job, Stream.STDOUT, 2, "42");
    assertOutput(job, Stream.STDERR, 2, "");
  }

  @Test
  default void attemptsThatWereCutOffLeaveTheOutputOfTheOneBefore() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    worker.start().finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE);

    worker.start().finish(Runs.interrupted(), GIVE_BACK);
    assertOutput(job, Stream.STDERR, 1, "busy");
    worker.start().finish(Runs.lost(), TRY_AGAIN_AT_ONCE);
    assertOutput(job, Stream.STDERR, 1, "busy");
  }

  private void assertOutput(Job job, Stream stream, int attempt, String text) {
    StoredOutput stored = store().jobs().output(job.id(), stream).orElseThrow();
    assertThat(stored.attempt()).isEqualTo(attempt);
    assertThat(stored.output().bytes()).asString().isEqualTo(text);
  }

  @Test
  default void whatCannotBeFinishedCompletelyIsNotFinishedAtAll() {
    store().submit();
    Started started = store().worker().start();
    var before = store().contents();

    store().without("job_outputs", () -> assertCannotFinish(started));

    assertThat(store().contents()).isEqualTo(before);
  }

  private static void assertCannotFinish(Started started) {
    assertThatThrownBy(() -> started.finish(Runs.succeeded("42"), SUCCEED))
        .isInstanceOf(DatabaseUnavailableException.class);
  }

  @Test
  default void finishingCanBeTriedAgainWhenTheDatabaseIsBack() {
    Job job = store().submit();
    Started started = store().worker().start();

    store().without("job_outputs", () -> assertCannotFinish(started));

    assertThat(started.finish(Runs.succeeded("42"), SUCCEED)).contains(SUCCEED);
    assertOutput(job, Stream.STDOUT, 1, "42");
  }

  @Test
  default void jobsAreClaimedByPriorityAndThenByAge() {
    List<Integer> priorities = List.of(0, 5, -3, 5, 9);
    List<UUID> ids = priorities.stream().map(this::submitWithPriority).toList();
    ManualWorker worker = store().worker(1);

    List<UUID> claimed =
        IntStream.range(0, ids.size()).mapToObj(i -> claimAndCancel(worker)).toList();

    assertThat(claimed).containsExactly(ids.get(4), ids.get(1), ids.get(3), ids.get(0), ids.get(2));
  }

  private UUID submitWithPriority(int priority) {
    store().clock().advance(Duration.ofMillis(1));
    return store().submit(store().newJob().priority(priority).build()).id();
  }

  private static UUID claimAndCancel(ManualWorker worker) {
    ManualWorker.Claim claim = worker.claim();
    claim.operations().remove();
    claim.release();
    return claim.execution().jobId();
  }

  @Test
  default void aJobIsNotClaimedBeforeItsTime() {
    Instant farAway = Instant.parse("2999-01-01T00:00:00Z");
    store().submit(store().newJob().runAt(farAway).priority(9).build());
    Job due = store().submit();

    assertThat(store().worker(1).claim().execution().jobId()).isEqualTo(due.id());
  }

  @Test
  default void aWorkerSeesWhatItIsRunning() {
    Job job = store().submit();
    Started started = store().worker().start();

    assertThat(store().attempts().runningOn(ManualWorker.ID))
        .containsExactly(new Attempts.Running(job.id(), 1, false));
    assertThat(store().attempts().runningOn("another")).isEmpty();

    started.finish(Runs.succeeded("42"), SUCCEED);
    assertThat(store().attempts().runningOn(ManualWorker.ID)).isEmpty();
  }
}
