package dev.ss.worker.metrics;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.CollectorStatus;
import dev.ss.metrics.Catalogue;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reports how many jobs a worker has deleted after their retention time, and whether its
 * maintenance runs succeed.
 */
public final class MaintenanceMetrics {
  private final LongAdder deletedJobs = new LongAdder();
  private final CollectorStatus status;

  public MaintenanceMetrics(BridgeRegistry registry) {
    registry.read(Catalogue.JOBS_DELETED.spec(), deletedJobs::sum);
    status = new CollectorStatus(registry, "maintain", com.codahale.metrics.Clock.defaultClock());
  }

  /** This many jobs have been deleted, and that is committed. */
  public void deleted(int jobs) {
    deletedJobs.add(jobs);
  }

  /** A maintenance run has succeeded. */
  public void succeeded(Duration took) {
    status.succeeded(took);
  }

  /** A maintenance run has failed. */
  public void failed(Duration took) {
    status.failed(took);
  }
}
