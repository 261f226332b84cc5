package dev.ss.store;

import dev.ss.job.QueueState;
import dev.ss.job.QueueStats;
import dev.ss.job.QueueStats.Count;
import dev.ss.job.WorkerState;
import dev.ss.job.WorkerStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Counts the unfinished jobs and the workers. */
public final class QueueStatsQuery {
  private final Database database;
  private final Workers workers;
  private final PausedTypes paused;
  private final Duration lease;
  private final Clock clock;

  /**
   * @param lease a worker counts as stale after a longer silence
   */
  public QueueStatsQuery(Database database, Workers workers, Duration lease, Clock clock) {
    this.database = database;
    this.workers = workers;
    this.paused = new PausedTypes(database);
    this.lease = lease;
    this.clock = clock;
  }

  /** Counts the queue and the workers now. */
  public QueueStats stats() {
    Instant now = clock.instant();
    List<Count> counts = database.read(handle -> counts(handle, now));
    List<WorkerStatus> all = workers.list();
    return new QueueStats(counts, all, byState(all, now), liveByJobType(all, now), paused.all());
  }

  private static List<Count> counts(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            select job_type, case when run_at > :now then 'SCHEDULED' else 'READY' end as queue_state,
              count(*) as jobs, min(run_at) as since
            from jobs where state = 'queued'
            group by job_type, queue_state
            union all
            select job_type, 'RUNNING', count(*), min(started_at)
            from jobs where state = 'running'
            group by job_type
            """)
        .bind("now", now)
        .map(
            (row, context) ->
                new Count(
                    row.getString("job_type"),
                    QueueState.valueOf(row.getString("queue_state")),
                    row.getLong("jobs"),
                    age(JobRows.instant(row, "since"), now)))
        .list();
  }

  /** Zero for a time to come, as of a job that is scheduled. */
  private static Duration age(Optional<Instant> since, Instant now) {
    return since
        .map(time -> Duration.between(time, now))
        .filter(age -> !age.isNegative())
        .orElse(Duration.ZERO);
  }

  private Map<WorkerState, Long> byState(List<WorkerStatus> all, Instant now) {
    return all.stream()
        .map((WorkerStatus worker) -> worker.state(now, lease))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private Map<String, Long> liveByJobType(List<WorkerStatus> all, Instant now) {
    return all.stream()
        .filter(worker -> worker.state(now, lease) == WorkerState.LIVE)
        .flatMap(worker -> worker.jobTypes().stream())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
