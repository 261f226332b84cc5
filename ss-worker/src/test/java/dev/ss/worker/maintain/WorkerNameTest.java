package dev.ss.worker.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.boot.PeriodicTask;
import dev.ss.boot.StartupException;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.config.WorkerSection;
import dev.ss.job.Backoff;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.WorkerStatus;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.TestStore;
import dev.ss.worker.claim.EndCounter;
import dev.ss.worker.metrics.AttemptMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a clock that stands still: a lease that is over here is over by the process's own time. */
class WorkerNameTest {
  private static final UUID FIRST = new UUID(1, 1);
  private static final UUID SECOND = new UUID(2, 2);

  @TempDir private Path directory;
  private TestStore store;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private WorkerStatus status(String host) {
    return new WorkerStatus(
        "worker-1",
        false,
        4,
        0,
        List.of("word-count"),
        store.clock().instant(),
        store.clock().instant(),
        Optional.of(host));
  }

  private void take(Duration lease, Optional<UUID> dead) {
    new WorkerName(store.workers(), SECOND, () -> status("here"), recovery(), lease).take(dead);
  }

  private Recovery recovery() {
    BridgeRegistry registry = new BridgeRegistry();
    return Recovery.of(
        new WorkerSection(
            "worker-1", null, null, null, null, null, null, null, null, null, null, null),
        store.lostJobs(),
        new Backoff(Duration.ZERO, 1, Duration.ZERO, 0, () -> 0),
        new EndCounter(
            new JobMetrics(registry), new AttemptMetrics(registry, List.of("word-count"))));
  }

  private boolean isOurs() {
    return store.workers().beat(status("here"), SECOND);
  }

  @Test
  void aFreeNameIsTakenWithoutWaiting() {
    take(Duration.ofHours(1), Optional.empty());

    assertThat(isOurs()).isTrue();
  }

  @Test
  void whatTheFormerProcessRanIsRecoveredWithItsName() {
    Job job = store.submit();
    store.worker("worker-1", TestStore.TYPES).start();
    store.workers().beat(status("there"), FIRST);

    take(Duration.ofHours(1), Optional.of(FIRST));

    assertThat(store.job(job.id()))
        .returns(JobState.QUEUED, Job::state)
        .returns(Optional.of("worker_lost"), Job::errorCode);
  }

  @Test
  void theNameOfADeadOneIsTakenWithoutWaiting() {
    store.workers().beat(status("there"), FIRST);

    take(Duration.ofHours(1), Optional.of(FIRST));

    assertThat(isOurs()).isTrue();
  }

  @Test
  void theNameOfOneThatDoesNotMoveForALeaseIsTakenWhateverItsClockSaid() {
    store.clock().advance(Duration.ofDays(1));
    store.workers().beat(status("there"), FIRST);
    store.clock().advance(Duration.ofDays(-1));

    take(Duration.ofMillis(400), Optional.empty());

    assertThat(isOurs()).isTrue();
  }

  @Test
  void theNameOfOneThatMovesIsNotTakenAndTheErrorSaysWhereItLives() {
    store.workers().beat(status("there"), FIRST);
    PeriodicTask alive =
        new PeriodicTask(
            "alive",
            Duration.ofMillis(10),
            () -> {
              store.clock().advance(Duration.ofMillis(10));
              store.workers().beat(status("there"), FIRST);
            });
    alive.start();
    try {
      assertThatThrownBy(() -> take(Duration.ofMinutes(1), Optional.empty()))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("worker.id (SS_WORKER_ID)")
          .hasMessageContaining("a worker named worker-1 has been running since 2024-03-05T")
          .hasMessageContaining(" on there");
    } finally {
      alive.stop();
    }
    assertThat(isOurs()).isFalse();
  }

  @Test
  void theNameOfOneThatStopsMeanwhileIsTaken() {
    store.workers().beat(status("there"), FIRST);
    PeriodicTask stopping =
        new PeriodicTask(
            "stopping", Duration.ofMillis(10), () -> store.workers().remove("worker-1", FIRST));
    stopping.start();
    try {
      take(Duration.ofMinutes(1), Optional.empty());
    } finally {
      stopping.stop();
    }
    assertThat(isOurs()).isTrue();
  }
}
