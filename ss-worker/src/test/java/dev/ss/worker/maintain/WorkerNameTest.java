package dev.ss.worker.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.boot.StartupException;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.job.Backoff;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.TestStore;
import dev.ss.testkit.unit.SettableNanos;
import dev.ss.worker.claim.EndCounter;
import dev.ss.worker.metrics.AttemptMetrics;
import dev.ss.worker.metrics.CostMetrics;
import dev.ss.worker.metrics.ObjectiveMetrics;
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
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final UUID FIRST = new UUID(1, 1);
  private static final UUID SECOND = new UUID(2, 2);

  private final SettableNanos nanos = new SettableNanos();
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

  private WorkerInstance process(UUID id, String host) {
    return new WorkerInstance(
        "worker-1", id, 4, List.of("word-count"), Optional.of(host), store.clock().instant());
  }

  private boolean beat(UUID id, String host) {
    return store.workers().beat(process(id, host).status(false, 0, store.clock().instant()), id);
  }

  private void take(Optional<UUID> dead) {
    takeWhile(() -> {}, dead);
  }

  /** Takes the name, and does this whenever it waits. */
  private void takeWhile(Runnable waiting, Optional<UUID> dead) {
    new WorkerName(
            process(SECOND, "here"),
            store.workers(),
            recovery(),
            LEASE,
            store.clock(),
            nanos,
            time -> {
              nanos.advance(time);
              waiting.run();
            })
        .take(dead);
  }

  private Recovery recovery() {
    BridgeRegistry registry = new BridgeRegistry();
    return new Recovery(
        "worker-1",
        store.lostJobs(),
        new SilentHolders(LEASE, LEASE.dividedBy(4)),
        new Backoff(Duration.ZERO, 1, Duration.ZERO, 0, () -> 0),
        new EndCounter(
            new JobMetrics(registry, JobMetrics.OF_WORKER, List.of("word-count")),
            new AttemptMetrics(registry, List.of("word-count")),
            new ObjectiveMetrics(registry, List.of()),
            new CostMetrics(registry, List.of("word-count"))),
        nanos);
  }

  private static void fail() {
    throw new AssertionError("it need not wait");
  }

  private boolean isOurs() {
    return beat(SECOND, "here");
  }

  @Test
  void aFreeNameIsTakenWithoutWaiting() {
    takeWhile(WorkerNameTest::fail, Optional.empty());

    assertThat(isOurs()).isTrue();
  }

  @Test
  void whatTheFormerProcessRanIsRecoveredWithItsName() {
    Job job = store.submit();
    store.worker("worker-1", TestStore.TYPES).start();
    beat(FIRST, "there");

    take(Optional.of(FIRST));

    assertThat(store.job(job.id()))
        .returns(JobState.QUEUED, Job::state)
        .returns(Optional.of("worker_lost"), Job::errorCode);
  }

  @Test
  void theNameOfADeadOneIsTakenWithoutWaiting() {
    beat(FIRST, "there");

    takeWhile(WorkerNameTest::fail, Optional.of(FIRST));

    assertThat(isOurs()).isTrue();
  }

  @Test
  void theNameOfOneThatDoesNotMoveForALeaseIsTakenWhateverItsClockSaid() {
    store.clock().advance(Duration.ofDays(1));
    beat(FIRST, "there");
    store.clock().advance(Duration.ofDays(-1));
    long begin = nanos.getAsLong();

    take(Optional.empty());

    assertThat(Duration.ofNanos(nanos.getAsLong() - begin)).isEqualTo(LEASE);
    assertThat(isOurs()).isTrue();
  }

  @Test
  void theNameOfOneThatMovesIsNotTakenAndTheErrorSaysWhereItLives() {
    beat(FIRST, "there");

    assertThatThrownBy(
            () ->
                takeWhile(
                    () -> {
                      store.clock().advance(Duration.ofMillis(10));
                      beat(FIRST, "there");
                    },
                    Optional.empty()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("worker.id (SS_WORKER_ID)")
        .hasMessageContaining("a worker named worker-1 has been running since 2024-03-05T")
        .hasMessageContaining(" on there");
    assertThat(isOurs()).isFalse();
  }

  @Test
  void theNameOfOneThatStopsMeanwhileIsTaken() {
    beat(FIRST, "there");
    long begin = nanos.getAsLong();

    takeWhile(() -> store.workers().remove("worker-1", FIRST), Optional.empty());

    assertThat(Duration.ofNanos(nanos.getAsLong() - begin)).isLessThan(LEASE);
    assertThat(isOurs()).isTrue();
  }
}
