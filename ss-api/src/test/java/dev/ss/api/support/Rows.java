package dev.ss.api.support;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The API's database, seen and changed behind its back. */
public final class Rows {
  private final String url;

  Rows(String url) {
    this.url = url + "?busy_timeout=30000";
  }

  public void execute(String sql, Object... arguments) {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement = prepare(connection, sql, arguments)) {
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public long number(String sql, Object... arguments) {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement = prepare(connection, sql, arguments);
        ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything a submission can leave behind. */
  public long stored() {
    return number("select (select count(*) from jobs) + (select count(*) from job_inputs)");
  }

  /** Does to the job what a worker does that starts it. */
  public void start(String jobId) {
    execute(
        "update jobs set state = 'running', attempt = attempt + 1, generation = generation + 1,"
            + " started_at = created_at, worker_id = 'worker-1' where job_id = ?",
        jobId);
  }

  /** Stores what an attempt at the job wrote. */
  public void wrote(String jobId, int attempt, byte[] output, byte[] log) {
    wrote(jobId, attempt, output, false, log, false);
  }

  /** The same, of streams that were too long. */
  public void wrote(
      String jobId,
      int attempt,
      byte[] output,
      boolean outputTruncated,
      byte[] log,
      boolean logTruncated) {
    execute(
        "insert into job_attempts (job_id, run, attempt, outcome, output, output_truncated, log,"
            + " log_truncated) values (?, ?, ?, 'failed', ?, ?, ?, ?)",
        jobId,
        attempt,
        attempt,
        output,
        outputTruncated,
        log,
        logTruncated);
  }

  /** Does to the job what a worker does that ends it in this state. */
  public void finish(String jobId, String state, int exitCode, String errorCode) {
    execute(
        "update jobs set state = ?, finished_at = created_at, exit_code = ?, error_code = ?"
            + " where job_id = ?",
        state,
        exitCode,
        errorCode,
        jobId);
  }

  /** Does to the job what a worker does that runs it well. */
  public void succeed(String jobId) {
    start(jobId);
    finish(jobId, "succeeded", 0, null);
  }

  /** Does to the job what a worker does whose command fails. */
  public void fail(String jobId) {
    start(jobId);
    finish(jobId, "failed", 3, "command_failed");
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... arguments)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }
}
