package dev.ss.metrics;

import com.codahale.metrics.Meter;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Family1;
import dev.ss.bridge.Label;
import dev.ss.job.JobEvent;

/**
 * Counts the events of jobs, in both processes. The process that commits a change counts it, and
 * only after the commit. So a transaction that is repeated does not count twice.
 */
public final class JobMetrics {
  private final Family1<JobEvent, Meter> events;
  private final Guard guard = new Guard();

  public JobMetrics(BridgeRegistry registry) {
    events = registry.family(Catalogue.JOBS.spec(), Label.ofEnum("event", JobEvent.class));
  }

  /** The event has happened and is committed. */
  public void happened(JobEvent event) {
    guard.count(() -> events.with(event).mark());
  }
}
