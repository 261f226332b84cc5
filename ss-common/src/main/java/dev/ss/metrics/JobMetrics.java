package dev.ss.metrics;

import com.codahale.metrics.Meter;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Family2;
import dev.ss.bridge.Label;
import dev.ss.job.JobEvent;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * Counts the events of jobs, in both processes. The process that commits a change counts it, and
 * only after the commit. So a transaction that is repeated does not count twice.
 */
public final class JobMetrics {
  /** What an API makes happen. */
  public static final Set<JobEvent> OF_API =
      Set.copyOf(
          EnumSet.of(
              JobEvent.CREATED, JobEvent.DEDUPLICATED, JobEvent.RETRIED, JobEvent.CANCELLED));

  /** What a worker makes happen. */
  public static final Set<JobEvent> OF_WORKER =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(JobEvent.CREATED, JobEvent.DEDUPLICATED)));

  private final Family2<JobEvent, String, Meter> events;
  private final Guard guard = new Guard();

  /**
   * Declares the family.
   *
   * @param own the events that this process makes happen, which are counted from 0
   * @param jobTypes the names of the configured types; jobs of other types appear as {@code _other}
   */
  public JobMetrics(BridgeRegistry registry, Set<JobEvent> own, Collection<String> jobTypes) {
    events =
        registry.family(
            Catalogue.JOBS.spec(),
            Label.ofEnum("event", JobEvent.class, own),
            JobTypeLabel.of(jobTypes));
  }

  /** The event has happened to a job of this type, and is committed. */
  public void happened(JobEvent event, String jobType) {
    happened(event, jobType, 1);
  }

  /** The event has happened to so many jobs of this type, and is committed. */
  public void happened(JobEvent event, String jobType, long times) {
    guard.count(() -> events.with(event, jobType).mark(times));
  }
}
