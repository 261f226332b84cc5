package dev.ss.store;

import dev.ss.job.JobType;
import dev.ss.job.Objective;
import dev.ss.job.Objectives;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Counts the unfinished jobs that have already missed an objective of their type: those that have
 * waited too long to start, and those that can no longer end in time.
 *
 * <p>A job that waits for a later attempt counts as late to end once that attempt is as late: this
 * needs only the index of the queue, and not the rows of all that wait.
 */
public final class OverdueJobsQuery {
  private static final String COUNT =
      """
      select
        (select count(*) from jobs
          where state = 'queued' and job_type = :job_type and run_at < :start_before) as start_late,
        (select count(*) from jobs
          where state = 'queued' and job_type = :job_type and run_at < :end_before)
        + (select count(*) from jobs
          where state = 'running' and job_type = :job_type and due_at < :end_before) as end_late
      """;

  private final Database database;
  private final List<JobType> promised;
  private final Clock clock;

  /**
   * @param jobTypes the configured types; those without objectives are not looked at
   */
  public OverdueJobsQuery(Database database, List<JobType> jobTypes, Clock clock) {
    this.database = database;
    this.promised = jobTypes.stream().filter(type -> isTimed(type.objectives())).toList();
    this.clock = clock;
  }

  private static boolean isTimed(Objectives objectives) {
    return objectives.startWithin().isPresent() || objectives.endWithin().isPresent();
  }

  /** Counts the overdue jobs now, by job type, for each objective that a type has. */
  public Map<String, Map<Objective, Long>> overdue() {
    if (promised.isEmpty()) {
      return Map.of();
    }
    Instant now = clock.instant();
    return database.read(
        handle -> {
          Map<String, Map<Objective, Long>> overdue = new HashMap<>();
          promised.forEach(type -> overdue.put(type.name(), overdue(handle, type, now)));
          return overdue;
        });
  }

  private static Map<Objective, Long> overdue(Handle handle, JobType type, Instant now) {
    Objectives objectives = type.objectives();
    return handle
        .createQuery(COUNT)
        .bind("job_type", type.name())
        .bind("start_before", before(now, objectives.startWithin()))
        .bind("end_before", before(now, objectives.endWithin()))
        .map(
            (row, context) -> {
              Map<Objective, Long> late = new EnumMap<>(Objective.class);
              if (objectives.startWithin().isPresent()) {
                late.put(Objective.START, row.getLong("start_late"));
              }
              if (objectives.endWithin().isPresent()) {
                late.put(Objective.END, row.getLong("end_late"));
              }
              return late;
            })
        .one();
  }

  private static @Nullable Instant before(Instant now, Optional<Duration> within) {
    return within.map(now::minus).orElse(null);
  }
}
