package dev.ss.store;

import dev.ss.job.ErrorCode;
import dev.ss.job.JobState;
import dev.ss.job.LastAttempt;
import dev.ss.job.LastAttempt.Result;
import dev.ss.job.RecentAttempts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Finds out how each job type has done lately, from a bounded number of its jobs: the newest
 * succeeded and failed ones, the running ones, and both ends of the queue. Jobs that wait for
 * another attempt are mostly the oldest of the queue.
 *
 * <p>The index on type, state and job id has all of these next to each other, so the cost depends
 * neither on the length of the queue nor on the number of final jobs.
 */
public final class RecentAttemptsQuery {
  /** The number of jobs that are counted, over all types. */
  private static final int JOBS = 1000;

  private static final int FEWEST_OF_A_TYPE = 20;
  private static final int MOST_OF_A_TYPE = 100;

  /** Longer ago than this, how a job ended says nothing about the next one. */
  private static final Duration RECENT = Duration.ofDays(1);

  /** How an attempt ends through no fault of the command. */
  private static final Set<String> NO_FAILURE =
      Set.of(ErrorCode.INTERRUPTED.wireName(), ErrorCode.WORKER_LOST.wireName());

  private static final String NEWEST_FIRST = "state, job_id desc";
  private static final String OLDEST_FIRST = "state desc, job_id";
  private static final String BEGUN = " where attempt > 0 and error_code is not null";

  private static final String SLICES =
      String.join(
          " union all ",
          slice(JobState.SUCCEEDED, NEWEST_FIRST),
          slice(JobState.FAILED, NEWEST_FIRST),
          slice(JobState.RUNNING, NEWEST_FIRST),
          slice(JobState.QUEUED, OLDEST_FIRST) + BEGUN,
          slice(JobState.QUEUED, NEWEST_FIRST) + BEGUN);

  private final Database database;
  private final List<String> jobTypes;
  private final Clock clock;

  /**
   * @param jobTypes the types to look at
   */
  public RecentAttemptsQuery(Database database, Collection<String> jobTypes, Clock clock) {
    this.database = database;
    this.jobTypes = List.copyOf(jobTypes);
    this.clock = clock;
  }

  /**
   * The range of one state, and the order by state before job id, leave PostgreSQL only this index.
   * With an equals sign it would look for the newest succeeded jobs among all newer ones.
   */
  private static String slice(JobState state, String order) {
    return Sql.with(
        """
        select * from (
          select job_id, state, attempt, error_code, started_at, finished_at from jobs
          where job_type = :job_type and state between '%1$s' and '%1$s'
          order by %2$s limit :most) slice
        """,
        state.wireName(), order);
  }

  /** Looks at each type now. */
  public List<RecentAttempts> recent() {
    Instant since = clock.instant().minus(RECENT);
    int most =
        Math.max(FEWEST_OF_A_TYPE, Math.min(MOST_OF_A_TYPE, JOBS / Math.max(1, jobTypes.size())));
    return database.readPlannedForValues(
        handle -> jobTypes.stream().map(type -> of(handle, type, most, since)).toList());
  }

  private static RecentAttempts of(Handle handle, String jobType, int most, Instant since) {
    Map<String, Row> rows = new HashMap<>(); // both ends of a short queue are the same jobs
    handle
        .createQuery(SLICES)
        .bind("job_type", jobType)
        .bind("most", most)
        .map(RecentAttemptsQuery::row)
        .forEach(row -> rows.put(row.jobId(), row));
    List<LastAttempt> attempts =
        rows.values().stream()
            .filter(row -> row.finishedAt().map(end -> !end.isBefore(since)).orElse(true))
            .map(Row::attempt)
            .toList();
    return RecentAttempts.of(jobType, attempts, most);
  }

  private record Row(String jobId, LastAttempt attempt, Optional<Instant> finishedAt) {}

  private static Row row(ResultSet row, StatementContext context) throws SQLException {
    return new Row(
        row.getString("job_id"),
        new LastAttempt(result(row), JobRows.instant(row, "started_at").orElse(Instant.EPOCH)),
        JobRows.instant(row, "finished_at"));
  }

  private static Result result(ResultSet row) throws SQLException {
    String errorCode = row.getString("error_code");
    return switch (row.getString("state")) {
      case "succeeded" -> Result.SUCCEEDED;
      case "failed" -> Result.FAILED;
      case "running" -> row.getInt("attempt") > 1 ? repeated(errorCode) : Result.OPEN;
      default -> repeated(errorCode);
    };
  }

  private static Result repeated(String errorCode) {
    return errorCode == null || NO_FAILURE.contains(errorCode)
        ? Result.OPEN
        : Result.TO_BE_REPEATED;
  }
}
