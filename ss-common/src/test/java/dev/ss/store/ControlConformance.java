package dev.ss.store;

import static dev.ss.store.Runs.FAIL;
import static dev.ss.store.Runs.SUCCEED;
import static dev.ss.store.Runs.TRY_AGAIN_AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Attempt;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.store.JobControl.Result;
import dev.ss.store.ManualWorker.Claim;
import dev.ss.store.ManualWorker.Started;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

interface ControlConformance extends OnStore {
  UUID UNKNOWN = new UUID(1, 2);

  @Test
  default void cancellingAQueuedJobEndsItAtOnce() {
    Job job = store().submit();
    store().clock().advance(Duration.ofMinutes(1));

    Result result = store().control().cancel(job.id());

    Job cancelled = store().job(job.id());
    assertThat(result).isEqualTo(new Result.Done(cancelled));
    assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
    assertThat(cancelled.errorCode()).contains("cancelled");
    assertThat(cancelled.finishedAt()).contains(store().clock().instant());
    assertThat(store().scheduled()).isEmpty();
  }

  @Test
  default void cancellingAJobThatWaitsForItsNextAttemptRemovesThatExecution() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    Started started = worker.start();
    worker.close();
    started.finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE);

    store().control().cancel(job.id());

    assertThat(store().scheduled()).isEmpty();
  }

  @Test
  default void aJobThatIsCancelledAfterItWasPickedIsNotStarted() {
    Job job = store().submit();
    Claim claim = store().worker().claim();

    assertThat(store().control().cancel(job.id())).isInstanceOf(Result.Done.class);

    assertThat(store().attempts().start(claim.execution(), ManualWorker.ID)).isEmpty();
  }

  @Test
  default void cancellingARunningJobTellsItsWorker() {
    Job job = store().submit();
    store().worker().start();

    Result result = store().control().cancel(job.id());

    assertThat(result).isEqualTo(new Result.Requested(store().job(job.id())));
    assertThat(store().job(job.id()).state()).isEqualTo(JobState.RUNNING);
    assertThat(store().attempts().runningOn(ManualWorker.ID))
        .containsExactly(new Attempts.Running(job.id(), 1, true));
  }

  @Test
  default void aRunningJobThatWasToBeCancelledIsNotQueuedAgain() {
    Job job = store().submit();
    Started started = store().worker().start();
    store().control().cancel(job.id());

    assertThat(started.finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE))
        .contains(new NextStep.Finish(JobState.CANCELLED));

    assertThat(store().job(job.id()).state()).isEqualTo(JobState.CANCELLED);
    assertThat(store().scheduled()).isEmpty();
  }

  @Test
  default void aJobThatSucceedsBeforeItIsKilledHasSucceeded() {
    Job job = store().submit();
    Started started = store().worker().start();
    store().control().cancel(job.id());

    assertThat(started.finish(Runs.succeeded("42"), SUCCEED)).contains(SUCCEED);

    assertThat(store().job(job.id()).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  default void aKilledJobIsCancelledAndKeepsWhatItHadWritten() {
    Job job = store().submit();
    Started started = store().worker().start();
    store().control().cancel(job.id());

    started.finish(Runs.cancelled(), new NextStep.Finish(JobState.CANCELLED));

    assertThat(store().job(job.id()).state()).isEqualTo(JobState.CANCELLED);
    assertThat(store().jobs().output(job.id(), Jobs.Stream.STDOUT)).isPresent();
  }

  @Test
  default void cancellingTwiceIsNoMistake() {
    Job job = store().submit();
    store().control().cancel(job.id());

    Result again = store().control().cancel(job.id());

    assertThat(again).isEqualTo(new Result.Already(store().job(job.id())));
  }

  @Test
  default void aSucceededJobCannotBeCancelled() {
    Job job = store().submit();
    store().worker().start().finish(Runs.succeeded("42"), SUCCEED);

    assertThat(store().control().cancel(job.id()))
        .isEqualTo(new Result.Refused(JobState.SUCCEEDED));
  }

  @Test
  default void aFailedJobStartsAnewWhenItIsRetried() {
    Job job = store().submit(store().newJob().maxAttempts(1).priority(7).build());
    ManualWorker worker = store().worker();
    worker.start().finish(Runs.failed("busy"), FAIL);
    worker.close();
    store().clock().advance(Duration.ofHours(1));

    Result result = store().control().retry(job.id());

    Job queued = store().job(job.id());
    assertThat(result).isEqualTo(new Result.Done(queued));
    assertThat(queued.state()).isEqualTo(JobState.QUEUED);
    assertThat(queued.attempt()).isZero();
    assertThat(queued.runAt()).isEqualTo(store().clock().instant());
    assertThat(queued.createdAt()).isEqualTo(job.createdAt());
    assertThat(queued.startedAt()).isEmpty();
    assertThat(queued.finishedAt()).isEmpty();
    assertThat(queued.exitCode()).isEmpty();
    assertThat(queued.errorCode()).isEmpty();
    assertThat(store().scheduled())
        .containsExactly(
            new TestStore.Scheduled(new Execution(job.id(), 2), store().clock().instant(), 7));
  }

  @Test
  default void aRetriedJobIsSubmittedAtItsRetryAndItsRunNeverRepeats() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    worker.start().finish(Runs.failed("busy"), FAIL);
    store().clock().advance(Duration.ofHours(1));
    store().control().retry(job.id());

    Attempt attempt = worker.start().attempt();

    assertThat(attempt.submittedAt()).isEqualTo(store().clock().instant());
    assertThat(attempt.number()).isEqualTo(1);
    assertThat(attempt.run()).isEqualTo(2);
  }

  @Test
  default void aCancelledJobCanBeRetriedAndRunsToItsEnd() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    Started started = worker.start();
    store().control().cancel(job.id());
    started.finish(Runs.cancelled(), new NextStep.Finish(JobState.CANCELLED));
    store().control().retry(job.id());

    Started again = worker.start();

    assertThat(again.finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE)).contains(TRY_AGAIN_AT_ONCE);
  }

  /** The worker still holds the execution that the cancel could not remove. */
  @Test
  default void aJobCancelledWhilePickedAndRetriedIsRunByItsNewExecutionOnly() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    Claim old = worker.claim();
    store().control().cancel(job.id());

    assertThat(store().control().retry(job.id())).isInstanceOf(Result.Done.class);

    Claim current = worker.claim();
    assertThat(store().attempts().start(old.execution(), ManualWorker.ID)).isEmpty();
    old.operations().remove();
    assertThat(worker.start(current).attempt().number()).isEqualTo(1);
  }

  @Test
  default void aSucceededOrRunningJobCannotBeRetried() {
    Job job = store().submit();
    Started started = store().worker().start();
    assertThat(store().control().retry(job.id())).isEqualTo(new Result.Refused(JobState.RUNNING));

    started.finish(Runs.succeeded("42"), SUCCEED);
    assertThat(store().control().retry(job.id())).isEqualTo(new Result.Refused(JobState.SUCCEEDED));
  }

  @Test
  default void retryingAQueuedJobChangesNothing() {
    Job job = store().submit();

    assertThat(store().control().retry(job.id())).isEqualTo(new Result.Already(job));
    assertThat(store().scheduled()).hasSize(1);
  }

  @Test
  default void whatNobodyHasSubmittedIsUnknown() {
    assertThat(store().control().cancel(UNKNOWN)).isEqualTo(new Result.Unknown());
    assertThat(store().control().retry(UNKNOWN)).isEqualTo(new Result.Unknown());
    assertThat(store().jobs().find(UNKNOWN)).isEmpty();
  }
}
