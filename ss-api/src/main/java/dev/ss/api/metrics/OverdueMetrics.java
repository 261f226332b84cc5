package dev.ss.api.metrics;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.CollectorStatus;
import dev.ss.bridge.Label;
import dev.ss.job.JobType;
import dev.ss.job.Objective;
import dev.ss.metrics.Catalogue;
import dev.ss.metrics.JobTypeLabel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reports the unfinished jobs that have already missed an objective, from the last count. */
public final class OverdueMetrics {
  private final LastKnown<Map<String, Map<Objective, Long>>> last;
  private final CollectorStatus status;

  /**
   * Declares a series for each objective that has a time limit.
   *
   * @param jobTypes the configured types
   * @param maxAge the maximum age of a count that is reported
   */
  public OverdueMetrics(
      BridgeRegistry registry, List<JobType> jobTypes, Duration maxAge, Clock clock) {
    this.last = new LastKnown<>(maxAge, clock);
    this.status =
        new CollectorStatus(registry, "overdue", com.codahale.metrics.Clock.defaultClock());
    jobTypes.forEach(type -> declare(registry, type));
  }

  private void declare(BridgeRegistry registry, JobType type) {
    Label<Objective> label = Label.ofEnum("objective", Objective.class);
    for (Objective objective : type.objectives().all()) {
      if (objective != Objective.SUCCESS) {
        registry.read(
            Catalogue.JOB_OBJECTIVE_OVERDUE.spec(),
            () ->
                last.number(
                    overdue ->
                        overdue.getOrDefault(type.name(), Map.of()).getOrDefault(objective, 0L)),
            JobTypeLabel.is(type.name()),
            label.is(objective));
      }
    }
  }

  /** The overdue jobs have been counted. */
  public void counted(Map<String, Map<Objective, Long>> overdue, Duration took) {
    last.is(overdue);
    status.succeeded(took);
  }

  /** They could not be counted. */
  public void failed(Duration took) {
    status.failed(took);
  }
}
