package dev.ss.metrics;

import dev.ss.metrics.bridge.BridgeRegistry;
import dev.ss.metrics.bridge.Label;
import dev.ss.metrics.bridge.LabelPair;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;

/** What a worker is doing. */
public final class WorkerMetrics {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Clock clock;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicReference<Instant> lastPoll = new AtomicReference<>(Instant.EPOCH);
  private final AtomicReference<Instant> lastHeartbeat = new AtomicReference<>(Instant.EPOCH);

  /**
   * Declares the families.
   *
   * @param inflight how many jobs run now
   */
  public WorkerMetrics(
      BridgeRegistry registry,
      String workerId,
      int slots,
      IntSupplier inflight,
      BusySeconds busy,
      Clock clock) {
    this.clock = clock;
    LabelPair worker = Label.ofSet("worker_id", List.of(workerId), "_other").is(workerId);
    registry.read(Catalogue.WORKER_UP, () -> 1, worker);
    registry.read(Catalogue.WORKER_SLOTS, () -> slots, worker);
    registry.read(Catalogue.WORKER_INFLIGHT_JOBS, inflight::getAsInt, worker);
    registry.read(Catalogue.WORKER_DRAINING, () -> draining.get() ? 1 : 0, worker);
    registry.read(Catalogue.WORKER_BUSY_SECONDS, busy::seconds, worker);
    registry.read(Catalogue.WORKER_LAST_POLL, () -> unixSeconds(lastPoll.get()), worker);
    registry.read(Catalogue.WORKER_LAST_HEARTBEAT, () -> unixSeconds(lastHeartbeat.get()), worker);
  }

  /** The worker has looked for jobs. */
  public void polled() {
    lastPoll.set(clock.instant());
  }

  /** The database knows that the worker lives. */
  public void heartbeat() {
    lastHeartbeat.set(clock.instant());
  }

  /** The worker takes no more jobs. */
  public void draining() {
    draining.set(true);
  }

  private static double unixSeconds(Instant time) {
    return time.toEpochMilli() / MILLIS_PER_SECOND;
  }
}
