package dev.ss.worker.metrics;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Label;
import dev.ss.bridge.LabelPair;
import dev.ss.metrics.Catalogue;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/** Reports the state of a worker. */
public final class WorkerMetrics {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Clock clock;
  private final AtomicBoolean draining = new AtomicBoolean();
  private volatile Instant lastPoll = Instant.EPOCH;
  private volatile Instant lastHeartbeat = Instant.EPOCH;

  /**
   * Declares the families.
   *
   * @param inflight the number of jobs that run now
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
    registry.read(Catalogue.WORKER_UP.spec(), () -> 1, worker);
    registry.read(Catalogue.WORKER_SLOTS.spec(), () -> slots, worker);
    registry.read(Catalogue.WORKER_INFLIGHT_JOBS.spec(), inflight::getAsInt, worker);
    registry.read(Catalogue.WORKER_DRAINING.spec(), () -> draining.get() ? 1 : 0, worker);
    registry.read(Catalogue.WORKER_BUSY_SECONDS.spec(), busy::seconds, worker);
    registry.read(Catalogue.WORKER_LAST_POLL.spec(), () -> unixSeconds(lastPoll), worker);
    registry.read(Catalogue.WORKER_LAST_HEARTBEAT.spec(), () -> unixSeconds(lastHeartbeat), worker);
  }

  /** The worker has looked for jobs. */
  public void polled() {
    lastPoll = clock.instant();
  }

  /** A heartbeat has been committed. */
  public void heartbeat() {
    lastHeartbeat = clock.instant();
  }

  /** The worker takes no more jobs. */
  public void draining() {
    draining.set(true);
  }

  private static double unixSeconds(Instant time) {
    return time.toEpochMilli() / MILLIS_PER_SECOND;
  }
}
