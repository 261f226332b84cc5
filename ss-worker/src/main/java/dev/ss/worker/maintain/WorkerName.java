package dev.ss.worker.maintain;

import dev.ss.boot.StartupException;
import dev.ss.job.WorkerStatus;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.Workers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the worker's name when the process starts, and recovers the jobs that an earlier process
 * with this name was running. Two processes with the same name would treat each other's jobs as
 * their own.
 */
public final class WorkerName {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerName.class);
  private static final int LOOKS_PER_LEASE = 40;

  private final WorkerInstance self;
  private final Workers workers;
  private final Recovery recovery;
  private final Duration lease;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Consumer<Duration> sleep;

  /**
   * @param lease how long a holder may be silent before it loses the name
   */
  public WorkerName(
      WorkerInstance self, Workers workers, Recovery recovery, Duration lease, Clock clock) {
    this(self, workers, recovery, lease, clock, System::nanoTime, WorkerName::sleep);
  }

  /**
   * @param sleep waits for a time, by {@code nanoTime}
   */
  WorkerName(
      WorkerInstance self,
      Workers workers,
      Recovery recovery,
      Duration lease,
      Clock clock,
      LongSupplier nanoTime,
      Consumer<Duration> sleep) {
    this.self = self;
    this.workers = workers;
    this.recovery = recovery;
    this.lease = lease;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.sleep = sleep;
  }

  /**
   * Takes the name. If another process may still hold it, waits until that process writes a
   * heartbeat or a lease has passed.
   *
   * @param dead an instance whose process has certainly ended
   * @throws StartupException if the process that holds the name is alive, or the database is
   *     unavailable
   */
  public void take(Optional<UUID> dead) {
    try {
      WorkerStatus me = status();
      if (!workers.take(me, self.id(), me.lastHeartbeatAt().minus(lease), dead)) {
        takeFrom(workers.find(me.id()));
      }
      recovery.recoverFormerSelf();
    } catch (DatabaseUnavailableException e) {
      throw new StartupException("database.url (SS_DATABASE_URL)", e.getMessage());
    }
  }

  private void takeFrom(Optional<WorkerStatus> holder) {
    holder.ifPresent(this::watch);
    Instant heardBefore =
        holder.map(silent -> silent.lastHeartbeatAt().plusMillis(1)).orElse(Instant.EPOCH);
    WorkerStatus me = status();
    if (!workers.take(me, self.id(), heardBefore, Optional.empty())) {
      throw lives(workers.find(me.id()).orElse(me));
    }
  }

  /** Returns when the holder has written no heartbeat for a lease, or its row is gone. */
  private void watch(WorkerStatus holder) {
    LOG.info(
        "Another worker named {} was last heard of at {}{}; waiting up to {} s for a sign of life.",
        holder.id(),
        holder.lastHeartbeatAt(),
        where(holder),
        lease.toSeconds());
    // Measured by this process's monotonic clock: the holder's clock may be wrong.
    long begin = nanoTime.getAsLong();
    while (nanoTime.getAsLong() - begin < lease.toNanos()) {
      sleep.accept(lease.dividedBy(LOOKS_PER_LEASE));
      Optional<WorkerStatus> now = workers.find(holder.id());
      if (now.isEmpty()) {
        return;
      }
      if (!now.get().lastHeartbeatAt().equals(holder.lastHeartbeatAt())) {
        throw lives(now.get());
      }
    }
  }

  private WorkerStatus status() {
    return self.status(false, 0, clock.instant());
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for the worker's name", e);
    }
  }

  private static StartupException lives(WorkerStatus holder) {
    return new StartupException(
        "worker.id (SS_WORKER_ID)",
        "a worker named %s has been running since %s%s; give each its own name"
            .formatted(holder.id(), holder.startedAt(), where(holder)));
  }

  private static String where(WorkerStatus worker) {
    return worker.host().map(host -> " on " + host).orElse("");
  }
}
