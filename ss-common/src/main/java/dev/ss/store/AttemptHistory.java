package dev.ss.store;

import dev.ss.job.PastAttempt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads all attempts at a job. */
public final class AttemptHistory {
  private static final String ATTEMPTS =
      """
      select run, attempt, worker_id, outcome, started_at, ended_at, exit_code, error_code,
        null as input_size, output_size, log_size, output_truncated, log_truncated, cpu_seconds,
        peak_memory_bytes, resources_are_lower_bounds
      from job_attempts where job_id = :job_id
      union all
      select generation, attempt, worker_id, null, started_at, null, null, null,
        null, null, null, null, null, null, null, null
      from jobs where job_id = :job_id and (state = 'running') is true
      order by 1
      """;

  private final Database database;

  public AttemptHistory(Database database) {
    this.database = database;
  }

  /** The attempts in the order of their runs, the running one last. */
  public List<PastAttempt> of(UUID jobId) {
    return database.read(
        handle ->
            handle
                .createQuery(ATTEMPTS)
                .bind("job_id", jobId.toString())
                .map(AttemptHistory::attempt)
                .list());
  }

  private static PastAttempt attempt(ResultSet row, StatementContext context) throws SQLException {
    return new PastAttempt(
        row.getInt("run"),
        row.getInt("attempt"),
        Optional.ofNullable(row.getString("worker_id")),
        Optional.ofNullable(row.getString("outcome")),
        JobRows.instant(row, "started_at"),
        JobRows.instant(row, "ended_at"),
        JobRows.known(row, row.getInt("exit_code")),
        Optional.ofNullable(row.getString("error_code")),
        JobRows.cost(row));
  }
}
