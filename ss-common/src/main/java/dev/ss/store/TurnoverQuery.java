package dev.ss.store;

import dev.ss.job.Turnover;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementContext;

/** Counts the jobs that came and those that ended within a time. It reads only these. */
public final class TurnoverQuery {
  private static final String COUNT =
      """
      select job_type, 'created' as what, count(*) as jobs from jobs
      where job_id >= :from_id and job_id < :before_id
      group by job_type
      union all
      select job_type, state, count(*) from jobs
      where finished_at >= :from and finished_at < :before
      group by job_type, state
      """;

  private final Database database;

  public TurnoverQuery(Database database) {
    this.database = database;
  }

  private record Row(String jobType, Turnover turnover) {}

  /** Counts the jobs of each type. A type without any is missing. */
  public Map<String, Turnover> between(Instant from, Instant before) {
    Map<String, Turnover> counts = new HashMap<>();
    database.readPlannedForValues(
        handle -> {
          handle
              .createQuery(COUNT)
              .bind("from_id", IdRange.first(from))
              .bind("before_id", IdRange.first(before))
              .bind("from", from)
              .bind("before", before)
              .map(TurnoverQuery::row)
              .forEach(row -> counts.merge(row.jobType(), row.turnover(), Turnover::plus));
          return counts;
        });
    return counts;
  }

  private static Row row(ResultSet row, StatementContext context) throws SQLException {
    return new Row(row.getString("job_type"), turnover(row.getString("what"), row.getLong("jobs")));
  }

  private static Turnover turnover(String what, long jobs) {
    return switch (what) {
      case "created" -> new Turnover(jobs, 0, 0, 0);
      case "succeeded" -> new Turnover(0, jobs, 0, 0);
      case "failed" -> new Turnover(0, 0, jobs, 0);
      case "cancelled" -> new Turnover(0, 0, 0, jobs);
      default -> Turnover.NONE;
    };
  }
}
