package dev.ss.store;

import static dev.ss.store.Runs.FAIL;
import static dev.ss.store.Runs.SUCCEED;
import static dev.ss.store.Runs.TRY_AGAIN_AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.job.Attempt;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.store.ManualWorker.Claim;
import dev.ss.store.ManualWorker.Started;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happens to jobs whose worker is lost, and to workers that come back from the dead. */
interface RecoveryConformance extends OnStore {

  @Test
  default void theAttemptOfALostWorkerIsFound() {
    store().submit();
    Started started = store().worker().start();

    assertThat(store().attempts().unfinished(started.execution())).contains(started.attempt());
  }

  @Test
  default void anExecutionThatStartedNothingHasNoUnfinishedAttempt() {
    store().submit();
    Claim claim = store().worker().claim();

    assertThat(store().attempts().unfinished(claim.execution())).isEmpty();
  }

  @Test
  default void anAttemptThatLostTheJobWritesNothingWhileTheJobIsQueued() {
    store().submit();
    ManualWorker worker = store().worker();
    Started zombie = worker.start();
    zombie.finish(Runs.lost(), TRY_AGAIN_AT_ONCE);
    worker.claim();

    assertWritesNothing(zombie);
  }

  @Test
  default void anAttemptThatLostTheJobWritesNothingWhileTheNextRuns() {
    store().submit();
    ManualWorker worker = store().worker();
    Started zombie = worker.start();
    zombie.finish(Runs.lost(), TRY_AGAIN_AT_ONCE);
    worker.start();

    assertWritesNothing(zombie);
  }

  @Test
  default void anAttemptThatLostTheJobWritesNothingOnceTheJobIsFinal() {
    store().submit();
    ManualWorker worker = store().worker();
    Started zombie = worker.start();
    zombie.finish(Runs.lost(), TRY_AGAIN_AT_ONCE);
    worker.start().finish(Runs.failed("busy"), FAIL);

    assertWritesNothing(zombie);
  }

  /** Its number is the same as the zombie's, because the interrupted attempt was not counted. */
  @Test
  default void theAttemptNumberDoesNotLetAZombieIn() {
    store().submit();
    ManualWorker worker = store().worker();
    Started zombie = worker.start();
    zombie.finish(Runs.interrupted(), Runs.GIVE_BACK);
    Attempt current = worker.start().attempt();

    assertThat(current.number()).isEqualTo(zombie.attempt().number());
    assertWritesNothing(zombie);
  }

  private void assertWritesNothing(Started zombie) {
    var before = store().contents();

    assertThat(zombie.finish(Runs.succeeded("too late"), SUCCEED)).isEmpty();

    assertThat(store().contents()).isEqualTo(before);
  }

  @Test
  default void anAttemptWhoseExecutionIsGoneWritesNothing() {
    store().submit();
    Started started = store().worker().start();
    store().sql("delete from scheduled_tasks");
    var before = store().contents();

    assertThatThrownBy(() -> started.finish(Runs.succeeded("42"), SUCCEED))
        .isInstanceOf(RuntimeException.class);

    assertThat(store().contents()).isEqualTo(before);
  }

  @Test
  default void aJobWhoseWorkerWasLostBeforeTheStartGetsANewExecution() {
    Job job = store().submit(store().newJob().priority(7).build());
    ManualWorker worker = store().worker();
    Claim lost = worker.claim();
    worker.close();
    store().clock().advance(Duration.ofMinutes(1));

    store().attempts().replaceUnstarted(lost.execution(), lost.operations());

    assertThat(store().scheduled())
        .containsExactly(
            new TestStore.Scheduled(new Execution(job.id(), 2), store().clock().instant(), 7));
    assertThat(store().job(job.id())).isEqualTo(job);
  }

  @Test
  default void aWorkerThatThawsCannotStartTheJobWithTheReplacedExecution() {
    store().submit();
    ManualWorker worker = store().worker();
    Claim lost = worker.claim();
    store().attempts().replaceUnstarted(lost.execution(), lost.operations());

    assertThat(store().attempts().start(lost.execution(), "zombie")).isEmpty();

    Attempt next = worker.start().attempt();
    assertThat(next.number()).isEqualTo(1);
    assertThat(next.run()).isEqualTo(2);
  }

  @Test
  default void anExecutionOfAJobThatIsNoLongerQueuedIsNotReplaced() {
    Job job = store().submit();
    Claim lost = store().worker().claim();
    store().control().cancel(job.id());

    store().attempts().replaceUnstarted(lost.execution(), lost.operations());

    assertThat(store().scheduled()).isEmpty();
    assertThat(store().job(job.id()).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  default void whatAnotherHasReplacedIsLeftAlone() {
    store().submit();
    ManualWorker worker = store().worker();
    Claim lost = worker.claim();
    worker.close();
    assertThat(store().attempts().replaceUnstarted(lost.execution(), lost.operations())).isTrue();
    var before = store().contents();

    assertThat(store().attempts().replaceUnstarted(lost.execution(), lost.operations())).isFalse();

    assertThat(store().contents()).isEqualTo(before);
  }

  @Test
  default void whatAnotherHasRecoveredIsLeftAlone() {
    store().submit();
    ManualWorker worker = store().worker();
    Started lost = worker.start();
    worker.close();
    lost.finish(Runs.lost(), TRY_AGAIN_AT_ONCE);
    var before = store().contents();

    assertThat(store().attempts().unfinished(lost.execution())).isEmpty();
    assertThat(lost.replaceUnstarted()).isFalse();

    assertThat(store().contents()).isEqualTo(before);
  }
}
