package dev.ss.metrics;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.CollectorStatus;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What a worker clears away, and whether it still can. */
public final class MaintenanceMetrics {
  private final LongAdder deletedJobs = new LongAdder();
  private final CollectorStatus status;

  /** Declares the families. */
  public MaintenanceMetrics(BridgeRegistry registry) {
    registry.read(Catalogue.JOBS_DELETED.spec(), deletedJobs::sum);
    status = new CollectorStatus(registry, "maintain", com.codahale.metrics.Clock.defaultClock());
  }

  /** So many jobs are gone, and that is committed. */
  public void deleted(int jobs) {
    deletedJobs.add(jobs);
  }

  /** All that was to go is gone. */
  public void succeeded(Duration took) {
    status.succeeded(took);
  }

  /** It could not be cleared away. */
  public void failed(Duration took) {
    status.failed(took);
  }
}
