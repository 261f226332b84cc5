package dev.ss.metrics;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Label;
import dev.ss.job.JobType;
import dev.ss.job.Objective;
import java.util.Collection;

/** Reports the target of each objective, so that alerts need not be written for each type. */
public final class ObjectiveTargets {
  private ObjectiveTargets() {}

  /**
   * Registers a series for each objective of these types.
   *
   * @param jobTypes all configured types
   */
  public static void register(BridgeRegistry registry, Collection<JobType> jobTypes) {
    Label<Objective> objective = Label.ofEnum("objective", Objective.class);
    for (JobType type : jobTypes) {
      for (Objective each : type.objectives().all()) {
        registry.read(
            Catalogue.JOB_OBJECTIVE_TARGET.spec(),
            type.objectives()::target,
            JobTypeLabel.is(type.name()),
            objective.is(each));
      }
    }
  }
}
