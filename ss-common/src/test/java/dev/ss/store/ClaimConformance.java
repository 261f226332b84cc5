package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Attempt;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.store.ManualWorker.Claim;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a worker gets that starts jobs with their picking. */
interface ClaimConformance extends OnStore {

  @Test
  default void whatIsPickedIsStarted() {
    Job job = store().submit(store().newJob().input(new byte[] {4, 2}).build());
    ClaimingWorker worker = store().claimingWorker();
    Claim claim = worker.manual().claim();

    assertThat(store().job(job.id()).state()).isEqualTo(JobState.RUNNING);
    assertThat(store().attempts().runningOn(ManualWorker.ID))
        .containsExactly(new Attempts.Running(job.id(), 1, false));
    Attempts.Started started = worker.claims().take(claim.execution()).orElseThrow();
    assertThat(started.attempt().jobId()).isEqualTo(job.id());
    assertThat(started.attempt().number()).isEqualTo(1);
    assertThat(started.input()).containsExactly(4, 2);
  }

  @Test
  default void aWorkerWithNothingToDoGoesOnLooking() {
    ClaimingWorker worker = store().claimingWorker();

    Awaitility.await().untilAtomic(worker.polls(), polls -> assertThat(polls).isGreaterThan(3));
  }

  @Test
  default void aPickedJobIsStartedOnce() {
    store().submit();
    ClaimingWorker worker = store().claimingWorker();
    Claim claim = worker.manual().claim();

    assertThat(worker.claims().take(claim.execution())).isPresent();
    assertThat(worker.claims().take(claim.execution())).isEmpty();
  }

  @Test
  default void eachOfManyGetsItsOwn() {
    List<Job> jobs =
        IntStream.range(0, 20)
            .mapToObj(i -> store().newJob().input(new byte[] {(byte) i}).build())
            .map(store()::submit)
            .toList();
    ClaimingWorker worker = store().claimingWorker();

    for (int i = 0; i < jobs.size(); i++) {
      Claim claim = worker.manual().claim();
      Attempts.Started started = worker.claims().take(claim.execution()).orElseThrow();
      assertThat(Execution.of(started.attempt())).isEqualTo(claim.execution());
      assertThat(jobs.get(started.input()[0]).id()).isEqualTo(started.attempt().jobId());
      claim.release();
    }
    assertThat(store().attempts().runningOn(ManualWorker.ID)).hasSize(jobs.size());
  }

  @Test
  default void anExecutionWhoseJobIsNoLongerQueuedStartsNothing() {
    Job job = store().submit();
    store().sql("update jobs set state = 'cancelled'");
    ClaimingWorker worker = store().claimingWorker();
    Claim claim = worker.manual().claim();

    assertThat(worker.claims().take(claim.execution())).isEmpty();
    assertThat(store().job(job.id()).attempt()).isZero();
  }

  @Test
  default void anExecutionOfAnotherRunStartsNothing() {
    store().submit();
    store().sql("update jobs set run = 7");
    ClaimingWorker worker = store().claimingWorker();

    assertThat(worker.claims().take(worker.manual().claim().execution())).isEmpty();
  }

  @Test
  default void aWorkerLostAfterPickingIsFoundByItsAttempt() {
    store().submit();
    Claim claim = store().claimingWorker().manual().claim();

    Optional<Attempt> unfinished = store().attempts().unfinished(claim.execution());

    assertThat(unfinished).map(Attempt::number).contains(1);
  }

  @Test
  default void aRunningJobIsFinishedByTheExecutionThatPickedIt() {
    Job job = store().submit();
    ClaimingWorker worker = store().claimingWorker();
    Claim claim = worker.manual().claim();
    Attempt attempt = worker.claims().take(claim.execution()).orElseThrow().attempt();

    store().attempts().finish(attempt, Runs.succeeded("42"), Runs.SUCCEED, claim.operations());

    assertThat(store().job(job.id()).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(store().scheduled()).isEmpty();
  }
}
