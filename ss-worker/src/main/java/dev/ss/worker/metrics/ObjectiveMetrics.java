package dev.ss.worker.metrics;

import com.codahale.metrics.Meter;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Family3;
import dev.ss.bridge.Label;
import dev.ss.job.Attempt;
import dev.ss.job.JobState;
import dev.ss.job.JobType;
import dev.ss.job.Objective;
import dev.ss.job.Objectives;
import dev.ss.metrics.Catalogue;
import dev.ss.metrics.Guard;
import dev.ss.metrics.JobTypeLabel;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts which attempts and jobs met the objectives of their type, each after its commit. */
public final class ObjectiveMetrics {
  private final Map<String, Objectives> objectives;
  private final Family3<String, Objective, String, Meter> judged;
  private final Guard guard = new Guard();

  /**
   * Declares the family, with the series of each objective at 0.
   *
   * @param jobTypes all configured types
   */
  public ObjectiveMetrics(BridgeRegistry registry, Collection<JobType> jobTypes) {
    objectives = jobTypes.stream().collect(Collectors.toMap(JobType::name, JobType::objectives));
    judged =
        registry.family(
            Catalogue.JOB_OBJECTIVE.spec(),
            JobTypeLabel.of(objectives.keySet()),
            Label.ofEnum("objective", Objective.class, EnumSet.noneOf(Objective.class)),
            Label.ofSet("met", List.of("true", "false"), Catalogue.OTHER_JOB_TYPE));
    objectives.forEach(
        (jobType, promised) ->
            promised
                .all()
                .forEach(
                    objective -> {
                      judged.with(jobType, objective, "true");
                      judged.with(jobType, objective, "false");
                    }));
  }

  /** The attempt has been started. */
  public void started(Attempt attempt) {
    of(attempt)
        .startWithin()
        .ifPresent(
            limit -> count(attempt, Objective.START, attempt.queueWait().compareTo(limit) <= 0));
  }

  /** The job became final with this attempt, this long after it was due. */
  public void completed(Attempt attempt, JobState state, Duration sinceDue) {
    if (state == JobState.CANCELLED) {
      return;
    }
    Objectives promised = of(attempt);
    promised
        .endWithin()
        .ifPresent(limit -> count(attempt, Objective.END, sinceDue.compareTo(limit) <= 0));
    if (promised.succeed()) {
      count(attempt, Objective.SUCCESS, state == JobState.SUCCEEDED);
    }
  }

  private Objectives of(Attempt attempt) {
    return Optional.ofNullable(objectives.get(attempt.jobType())).orElse(Objectives.NONE);
  }

  private void count(Attempt attempt, Objective objective, boolean met) {
    guard.count(() -> judged.with(attempt.jobType(), objective, Boolean.toString(met)).mark());
  }
}
