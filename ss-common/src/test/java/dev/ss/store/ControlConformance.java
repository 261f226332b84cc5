package dev.ss.store;

import static dev.ss.store.Runs.FAIL;
import static dev.ss.store.Runs.SUCCEED;
import static dev.ss.store.Runs.TRY_AGAIN_AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Attempt;
import dev.ss.job.CommandStream;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.store.JobControl.Controlled;
import dev.ss.store.JobControl.Effect;
import dev.ss.store.ManualWorker.Started;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

interface ControlConformance extends OnStore {
  UUID UNKNOWN = new UUID(1, 2);

  @Test
  default void cancellingAQueuedJobEndsItAtOnce() {
    Job job = store().submit();
    store().clock().advance(Duration.ofMinutes(1));

    Optional<Controlled> result = store().control().cancel(job.id(), Optional.empty());

    Job cancelled = store().job(job.id());
    assertThat(result).contains(new Controlled(Effect.DONE, cancelled));
    assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
    assertThat(cancelled.errorCode()).contains("cancelled");
    assertThat(cancelled.finishedAt()).contains(store().clock().instant());
    assertThat(store().worker().claim(8)).isEmpty();
  }

  @Test
  default void aJobThatIsCancelledBeforeItsNextAttemptIsNotClaimed() {
    Job job = store().submit();
    store().worker().start().finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE);

    store().control().cancel(job.id(), Optional.empty());

    assertThat(store().worker().claim(8)).isEmpty();
  }

  @Test
  default void cancellingARunningJobTellsItsWorker() {
    Job job = store().submit();
    Started started = store().worker().start();

    Optional<Controlled> result = store().control().cancel(job.id(), Optional.empty());

    assertThat(result).contains(new Controlled(Effect.REQUESTED, store().job(job.id())));
    assertThat(store().job(job.id()).state()).isEqualTo(JobState.RUNNING);
    assertThat(started.cancelRequested()).contains(true);
  }

  @Test
  default void aRunningJobThatWasToBeCancelledIsNotQueuedAgain() {
    Job job = store().submit();
    Started started = store().worker().start();
    store().control().cancel(job.id(), Optional.empty());

    assertThat(started.finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE))
        .contains(new NextStep.Finish(JobState.CANCELLED));

    assertThat(store().job(job.id()).state()).isEqualTo(JobState.CANCELLED);
    assertThat(store().worker().claim(8)).isEmpty();
  }

  @Test
  default void aJobThatSucceedsBeforeItIsKilledHasSucceeded() {
    Job job = store().submit();
    Started started = store().worker().start();
    store().control().cancel(job.id(), Optional.empty());

    assertThat(started.finish(Runs.succeeded("42"), SUCCEED)).contains(SUCCEED);

    assertThat(store().job(job.id()).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  default void aKilledJobIsCancelledAndKeepsWhatItHadWritten() {
    Job job = store().submit();
    Started started = store().worker().start();
    store().control().cancel(job.id(), Optional.empty());

    started.finish(Runs.cancelled(), new NextStep.Finish(JobState.CANCELLED));

    assertThat(store().job(job.id()).state()).isEqualTo(JobState.CANCELLED);
    assertThat(store().written(job.id(), CommandStream.OUTPUT)).isPresent();
  }

  @Test
  default void cancellingTwiceIsNoMistake() {
    Job job = store().submit();
    store().control().cancel(job.id(), Optional.empty());

    Optional<Controlled> again = store().control().cancel(job.id(), Optional.empty());

    assertThat(again).contains(new Controlled(Effect.ALREADY, store().job(job.id())));
  }

  @Test
  default void aSucceededJobCannotBeCancelled() {
    Job job = store().submit();
    store().worker().start().finish(Runs.succeeded("42"), SUCCEED);

    assertThat(store().control().cancel(job.id(), Optional.empty()))
        .contains(new Controlled(Effect.REFUSED, store().job(job.id())));
  }

  @Test
  default void aJobKeepsWhoCancelledOrRetriedItLast() {
    Job queued = store().submit(store().newJob().submittedBy("ci").build());
    store().control().cancel(queued.id(), Optional.of("alice"));
    assertThat(store().job(queued.id()).changedBy()).contains("alice");
    store().control().retry(queued.id(), Optional.of("bob"));
    store().worker().start();
    assertThat(store().job(queued.id()).changedBy()).contains("bob");
    store().control().cancel(queued.id(), Optional.of("carol"));

    Job job = store().job(queued.id());
    assertThat(job.changedBy()).contains("carol");
    assertThat(job.submittedBy()).contains("ci");
  }

  @Test
  default void aFailedJobStartsAnewWhenItIsRetried() {
    Job job = store().submit(store().newJob().maxAttempts(1).priority(7).build());
    store().worker().start().finish(Runs.failed("busy"), FAIL);
    store().clock().advance(Duration.ofHours(1));

    Optional<Controlled> result = store().control().retry(job.id(), Optional.empty());

    Job queued = store().job(job.id());
    assertThat(result).contains(new Controlled(Effect.DONE, queued));
    assertThat(queued.state()).isEqualTo(JobState.QUEUED);
    assertThat(queued.attempt()).isZero();
    assertThat(queued.runAt()).isEqualTo(store().clock().instant());
    assertThat(queued.createdAt()).isEqualTo(job.createdAt());
    assertThat(queued.startedAt()).isEmpty();
    assertThat(queued.finishedAt()).isEmpty();
    assertThat(queued.exitCode()).isEmpty();
    assertThat(queued.errorCode()).isEmpty();
    assertThat(queued.priority()).isEqualTo(7);
  }

  @Test
  default void aRetriedJobIsSubmittedAtItsRetryAndItsGenerationNeverRepeats() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    worker.start().finish(Runs.failed("busy"), FAIL);
    store().clock().advance(Duration.ofHours(1));
    store().control().retry(job.id(), Optional.empty());

    Attempt attempt = worker.start().attempt();

    assertThat(attempt.dueAt()).isEqualTo(store().clock().instant());
    assertThat(attempt.number()).isEqualTo(1);
    assertThat(attempt.generation()).isEqualTo(2);
  }

  @Test
  default void aCancelledJobCanBeRetriedAndRunsToItsEnd() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    Started started = worker.start();
    store().control().cancel(job.id(), Optional.empty());
    started.finish(Runs.cancelled(), new NextStep.Finish(JobState.CANCELLED));
    store().control().retry(job.id(), Optional.empty());

    Started again = worker.start();

    assertThat(again.finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE)).contains(TRY_AGAIN_AT_ONCE);
  }

  @Test
  default void aSucceededOrRunningJobCannotBeRetried() {
    Job job = store().submit();
    Started started = store().worker().start();
    assertThat(store().control().retry(job.id(), Optional.empty()))
        .contains(new Controlled(Effect.REFUSED, store().job(job.id())));

    started.finish(Runs.succeeded("42"), SUCCEED);
    assertThat(store().control().retry(job.id(), Optional.empty()))
        .contains(new Controlled(Effect.REFUSED, store().job(job.id())));
  }

  @Test
  default void retryingAQueuedJobChangesNothing() {
    Job job = store().submit();

    assertThat(store().control().retry(job.id(), Optional.empty()))
        .contains(new Controlled(Effect.ALREADY, job));
    assertThat(store().worker().claim(8)).hasSize(1);
  }

  @Test
  default void whatNobodyHasSubmittedIsUnknown() {
    assertThat(store().control().cancel(UNKNOWN, Optional.empty())).isEmpty();
    assertThat(store().control().retry(UNKNOWN, Optional.empty())).isEmpty();
    assertThat(store().jobs().find(UNKNOWN)).isEmpty();
  }
}
