package dev.ss.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.job.Job;
import dev.ss.job.NextStep;
import dev.ss.store.ManualWorker;
import dev.ss.store.TestStore;
import dev.ss.testkit.unit.SettableNanos;
import dev.ss.worker.claim.RunningJobs.Slot;
import dev.ss.worker.metrics.BusySeconds;
import dev.ss.worker.run.KillSwitch.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipWatchTest {
  private static final Duration AGE = Duration.ofSeconds(5);

  private final SettableNanos nanos = new SettableNanos();
  private final RunningJobs running = new RunningJobs(new BusySeconds(nanos));
  @TempDir private Path directory;
  private TestStore store;
  private OwnershipWatch watch;
  private Job job;
  private Slot slot;

  @BeforeEach
  void runAJob() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    ManualWorker worker = store.worker();
    watch = new OwnershipWatch(worker.queue(), running, nanos);
    job = store.submit();
    slot = running.begin(worker.start().attempt());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private boolean isKilled() {
    return isKilled(Reason.CANCELLED) || isKilled(Reason.LEASE_LOST);
  }

  private boolean isKilled(Reason reason) {
    return slot.killSwitch().isThrown(reason);
  }

  @Test
  void anAttemptThatTheWorkerOwnsGoesOn() {
    watch.run();

    assertThat(isKilled()).isFalse();
  }

  @Test
  void anAttemptWhoseJobIsToBeCancelledIsKilled() {
    store.control().cancel(job.id(), Optional.empty());

    watch.run();

    assertThat(isKilled(Reason.CANCELLED)).isTrue();
  }

  @Test
  void anAttemptWhoseJobAnotherWorkerHasRecoveredIsKilledAsLost() {
    store
        .lostJobs()
        .recoverAll(ManualWorker.ID, attempt -> new NextStep.Requeue(Duration.ZERO, false));

    watch.run();

    assertThat(isKilled(Reason.LEASE_LOST)).isTrue();
  }

  @Test
  void withoutAnAnswerTheAttemptGoesOnAndTheLastAnswerGetsOlder() {
    watch.run();
    nanos.advance(AGE);
    assertThat(watch.isOlderThan(AGE)).isFalse();
    nanos.advance(Duration.ofNanos(1));

    store.without(
        "jobs", () -> assertThatThrownBy(watch::run).isInstanceOf(RuntimeException.class));

    assertThat(isKilled()).isFalse();
    assertThat(watch.isOlderThan(AGE)).isTrue();
    watch.run();
    assertThat(watch.isOlderThan(AGE)).isFalse();
  }
}
