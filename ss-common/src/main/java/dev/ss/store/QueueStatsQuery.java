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
  private final Duration lease;
  private final Clock clock;

  /**
   * @param lease a worker counts as stale after a longer silence
   */
  public QueueStatsQuery(Database database, Workers workers, Duration lease, Clock clock) {
    this.database = database;
    this.workers = workers;
    this.lease = lease;
    this.clock = clock;
  }

  private record Row(Count count, Optional<Instant> oldestRunAt, Optional<Instant> oldestStart) {}

  /** Counts the queue and the workers now. */
  public QueueStats stats() {
    Instant now = clock.instant();
    List<Row> rows = database.read(handle -> rows(handle, now));
    return new QueueStats(
        rows.stream().map(Row::count).toList(),
        oldest(rows, QueueState.READY, Row::oldestRunAt, now),
        oldest(rows, QueueState.RUNNING, Row::oldestStart, now),
        workerStates(now));
  }

  private static List<Row> rows(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            select job_type, case when run_at > :now then 'SCHEDULED' else 'READY' end as queue_state,
              count(*) as jobs, min(run_at) as oldest_run_at, null as oldest_start
            from jobs where state = 'queued'
            group by job_type, queue_state
            union all
            select job_type, 'RUNNING', count(*), null, min(started_at)
            from jobs where state = 'running'
            group by job_type
            """)
        .bind("now", now)
        .map(
            (row, context) ->
                new Row(
                    new Count(
                        row.getString("job_type"),
                        QueueState.valueOf(row.getString("queue_state")),
                        row.getLong("jobs")),
                    JobRows.instant(row, "oldest_run_at"),
                    JobRows.instant(row, "oldest_start")))
        .list();
  }

  private static Duration oldest(
      List<Row> rows, QueueState state, Function<Row, Optional<Instant>> since, Instant now) {
    return rows.stream()
        .filter(row -> row.count().state() == state)
        .flatMap(row -> since.apply(row).stream())
        .map(time -> Duration.between(time, now))
        .filter(age -> !age.isNegative())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private Map<WorkerState, Long> workerStates(Instant now) {
    return workers.list().stream()
        .map((WorkerStatus worker) -> worker.state(now, lease))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
