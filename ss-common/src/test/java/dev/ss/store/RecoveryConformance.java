package dev.ss.store;

import static dev.ss.store.Runs.FAIL;
import static dev.ss.store.Runs.SUCCEED;
import static dev.ss.store.Runs.TRY_AGAIN_AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Attempt;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.WorkerStatus;
import dev.ss.store.JobQueue.Hold;
import dev.ss.store.LostJobs.Holder;
import dev.ss.store.LostJobs.Recovered;
import dev.ss.store.ManualWorker.Started;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What happens to jobs whose worker is lost, and to workers that come back. */
interface RecoveryConformance extends OnStore {
  UUID INSTANCE = new UUID(7, 7);

  private void beat(String workerId) {
    Instant now = store().clock().instant();
    store()
        .workers()
        .beat(
            new WorkerStatus(workerId, false, 4, 0, List.of("any"), now, now, Optional.empty()),
            INSTANCE);
  }

  private Holder holder(String workerId) {
    return store().lostJobs().holders("nobody").stream()
        .filter(each -> each.workerId().equals(workerId))
        .findFirst()
        .orElseThrow();
  }

  private List<Recovered> recover(Holder holder, NextStep next) {
    return store().lostJobs().recover(holder, attempt -> next);
  }

  /** Takes the job from the worker that has started it. */
  private Started losesItsJob() {
    Started started = store().worker().start();
    recover(holder(ManualWorker.ID), TRY_AGAIN_AT_ONCE);
    return started;
  }

  @Test
  default void whoHoldsRunningJobsIsKnownWithItsLastSignOfLife() {
    store().submit();
    store().submit();
    store().submit();
    store().worker().claim(2);
    store().worker("second", TestStore.TYPES).start();
    beat("second");
    beat("idle");

    assertThat(store().lostJobs().holders("self"))
        .containsExactlyInAnyOrder(
            new Holder(ManualWorker.ID, Optional.empty(), Optional.empty()),
            new Holder(
                "second",
                Optional.of(INSTANCE.toString()),
                Optional.of(store().clock().instant())));
    assertThat(store().lostJobs().holders("second")).hasSize(1);
  }

  @Test
  default void theAttemptsOfALostWorkerAreEndedAndTheirJobsRunAgain() {
    Job job = store().submit(store().newJob().priority(7).build());
    Started lost = store().worker().start();
    store().clock().advance(Duration.ofMinutes(1));

    List<Recovered> recovered = recover(holder(ManualWorker.ID), TRY_AGAIN_AT_ONCE);

    assertThat(recovered)
        .singleElement()
        .returns(lost.attempt(), each -> each.end().attempt())
        .returns(TRY_AGAIN_AT_ONCE, Recovered::step);
    assertThat(store().job(job.id()))
        .returns(JobState.QUEUED, Job::state)
        .returns(1, Job::attempt)
        .returns(store().clock().instant(), Job::runAt)
        .returns(Optional.of("worker_lost"), Job::errorCode);
    assertThat(store().worker().start().attempt().number()).isEqualTo(2);
  }

  @Test
  default void theLastAttemptOfALostWorkerFailsTheJob() {
    Job job = store().submit();
    store().worker().start();

    recover(holder(ManualWorker.ID), FAIL);

    assertThat(store().job(job.id()))
        .returns(JobState.FAILED, Job::state)
        .returns(Optional.of("worker_lost"), Job::errorCode);
  }

  @Test
  default void aJobThatWasToBeCancelledIsCancelledWhenItsWorkerIsLost() {
    Job job = store().submit();
    store().worker().start();
    store().control().cancel(job.id(), Optional.empty());

    assertThat(recover(holder(ManualWorker.ID), TRY_AGAIN_AT_ONCE))
        .extracting(Recovered::step)
        .containsExactly(new NextStep.Finish(JobState.CANCELLED));
  }

  @Test
  default void aWorkerThatHasGivenASignOfLifeSinceKeepsItsJobs() {
    store().submit();
    Started started = store().worker().start();
    beat(ManualWorker.ID);
    Holder silent = holder(ManualWorker.ID);
    store().clock().advance(Duration.ofMillis(1));
    beat(ManualWorker.ID);

    assertThat(recover(silent, TRY_AGAIN_AT_ONCE)).isEmpty();

    assertThat(started.finish(Runs.succeeded("42"), SUCCEED)).contains(SUCCEED);
  }

  @Test
  default void aWorkerThatWasNotListedAndIsNowKeepsItsJobs() {
    store().submit();
    store().worker().start();
    Holder unlisted = holder(ManualWorker.ID);
    beat(ManualWorker.ID);

    assertThat(recover(unlisted, TRY_AGAIN_AT_ONCE)).isEmpty();
  }

  @Test
  default void aLostWorkerIsRecoveredOnce() {
    store().submit();
    store().worker().start();
    Holder lost = holder(ManualWorker.ID);
    recover(lost, TRY_AGAIN_AT_ONCE);
    var before = store().contents();

    assertThat(recover(lost, TRY_AGAIN_AT_ONCE)).isEmpty();

    assertThat(store().contents()).isEqualTo(before);
  }

  @Test
  default void jobsOfOtherWorkersAreLeftAlone() {
    store().submit();
    store().submit();
    store().worker().start();
    Started other = store().worker("other", TestStore.TYPES).start();

    recover(holder(ManualWorker.ID), TRY_AGAIN_AT_ONCE);

    assertThat(other.cancelRequested()).contains(false);
  }

  @Test
  default void anAttemptThatLostTheJobWritesNothingWhileTheJobIsQueued() {
    store().submit();

    assertWritesNothing(losesItsJob());
  }

  @Test
  default void anAttemptThatLostTheJobWritesNothingWhileTheNextRuns() {
    store().submit();
    Started zombie = losesItsJob();
    store().worker().start();

    assertWritesNothing(zombie);
  }

  @Test
  default void anAttemptThatLostTheJobWritesNothingOnceTheJobIsFinal() {
    store().submit();
    Started zombie = losesItsJob();
    store().worker().start().finish(Runs.failed("busy"), FAIL);

    assertWritesNothing(zombie);
  }

  /** Its number is the same as the zombie's, because the interrupted attempt was not counted. */
  @Test
  default void theAttemptNumberDoesNotLetAZombieIn() {
    store().submit();
    Started zombie = store().worker().start();
    zombie.finish(Runs.interrupted(), Runs.GIVE_BACK);
    Attempt current = store().worker().start().attempt();

    assertThat(current.number()).isEqualTo(zombie.attempt().number());
    assertWritesNothing(zombie);
  }

  private void assertWritesNothing(Started zombie) {
    var before = store().contents();

    assertThat(zombie.finish(Runs.succeeded("too late"), SUCCEED)).isEmpty();

    assertThat(zombie.cancelRequested()).isEmpty();
    assertThat(store().contents()).isEqualTo(before);
  }

  /** As when its client does so before any worker has claimed it again. */
  @Test
  default void anAttemptThatLostTheJobWritesNothingOnceTheJobIsRetried() {
    Job job = store().submit();
    Started zombie = store().worker().start();
    recover(holder(ManualWorker.ID), FAIL);
    store().clock().advance(Duration.ofSeconds(1));
    store().control().retry(job.id(), Optional.empty());

    assertWritesNothing(zombie);
  }

  @Test
  default void aNewProcessRecoversWhateverRanUnderItsName() {
    store().submit();
    store().submit();
    store().worker().claim(2);
    beat(ManualWorker.ID);

    assertThat(store().lostJobs().recoverAll(ManualWorker.ID, attempt -> TRY_AGAIN_AT_ONCE))
        .hasSize(2);

    assertThat(store().worker().claim(8)).hasSize(2);
  }

  @Test
  default void whatAWorkerClaimedWithoutKnowingIsQueuedAgainAtNoCost() {
    Job known = store().submit();
    Job unknown = store().submit();
    ManualWorker worker = store().worker();
    List<Started> claimed = worker.claim(2);
    Started begun =
        claimed.stream()
            .filter(each -> each.attempt().jobId().equals(known.id()))
            .findFirst()
            .orElseThrow();

    int givenBack =
        store().lostJobs().giveBackUnknown(ManualWorker.ID, Set.of(Hold.of(begun.attempt())));

    assertThat(givenBack).isEqualTo(1);
    assertThat(begun.cancelRequested()).contains(false);
    assertThat(store().job(unknown.id()))
        .returns(JobState.QUEUED, Job::state)
        .returns(0, Job::attempt);
    assertThat(worker.start().attempt())
        .returns(1, Attempt::number)
        .returns(2, Attempt::generation);
  }
}
