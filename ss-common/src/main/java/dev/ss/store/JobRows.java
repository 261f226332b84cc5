package dev.ss.store;

import dev.ss.job.Attempt;
import dev.ss.job.Claimed;
import dev.ss.job.Cost;
import dev.ss.job.Job;
import dev.ss.job.JobInput;
import dev.ss.job.JobOptions;
import dev.ss.job.JobState;
import dev.ss.job.TraceParent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Maps rows of {@code jobs} to values. */
final class JobRows {
  static final String COLUMNS =
      "job_id, job_type, state, attempt, max_attempts, priority, created_at, run_at, started_at,"
          + " finished_at, exit_code, error_code, submitted_by, changed_by, input_size, output_size,"
          + " log_size, output_truncated, log_truncated, cpu_seconds, peak_memory_bytes,"
          + " resources_are_lower_bounds, parameters, labels, timeout_ms, worker_id, progress,"
          + " progress_message";

  static final String ATTEMPT_COLUMNS =
      "job_id, job_type, generation, attempt, max_attempts, due_at, run_at, started_at,"
          + " traceparent, parameters, timeout_ms, input_size";

  /**
   * Condition on the state of a job that the query finds by its id. With {@code state = 'queued'}
   * instead, PostgreSQL could use a plan that it cached while the queue was empty. That plan
   * searches all queued jobs.
   */
  static final String IS_QUEUED = "(state = 'queued') is true";

  /** Like {@link #IS_QUEUED}. */
  static final String IS_RUNNING = "(state = 'running') is true";

  /** Like {@link #IS_QUEUED}. */
  static final String IS_UNFINISHED = "(state in ('queued', 'running')) is true";

  private JobRows() {}

  static Optional<Job> find(Handle handle, UUID jobId) {
    return find(handle, jobId, "");
  }

  static List<Job> findAll(Handle handle, Collection<UUID> jobIds) {
    return handle
        .createQuery("select " + COLUMNS + " from jobs where job_id in (<job_ids>)")
        .bindList("job_ids", jobIds.stream().map(UUID::toString).toList())
        .map(JobRows::job)
        .list();
  }

  /**
   * Finds the job and locks its row until the transaction ends.
   *
   * @param forUpdate the dialect's locking clause
   */
  static Optional<Job> lock(Handle handle, UUID jobId, String forUpdate) {
    return find(handle, jobId, forUpdate);
  }

  private static Optional<Job> find(Handle handle, UUID jobId, String ending) {
    return handle
        .createQuery("select " + COLUMNS + " from jobs where job_id = :job_id" + ending)
        .bind("job_id", jobId.toString())
        .map(JobRows::job)
        .findOne();
  }

  static Job job(ResultSet row, StatementContext context) throws SQLException {
    return new Job(
        UUID.fromString(row.getString("job_id")),
        row.getString("job_type"),
        JobState.ofWireName(row.getString("state")).orElseThrow(),
        row.getInt("attempt"),
        row.getInt("max_attempts"),
        row.getInt("priority"),
        instant(row, "created_at").orElseThrow(),
        instant(row, "run_at").orElseThrow(),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        known(row, row.getInt("exit_code")),
        Optional.ofNullable(row.getString("error_code")),
        Optional.ofNullable(row.getString("submitted_by")),
        Optional.ofNullable(row.getString("changed_by")),
        cost(row),
        new JobOptions(
            TextMap.parse(row.getString("parameters")),
            TextMap.parse(row.getString("labels")),
            timeout(row)),
        Optional.ofNullable(row.getString("worker_id")),
        known(row, row.getDouble("progress")),
        Optional.ofNullable(row.getString("progress_message")));
  }

  private static Optional<Duration> timeout(ResultSet row) throws SQLException {
    return known(row, row.getLong("timeout_ms")).map(Duration::ofMillis);
  }

  static Cost cost(ResultSet row) throws SQLException {
    return new Cost(
        known(row, row.getLong("input_size")),
        known(row, row.getLong("output_size")),
        known(row, row.getLong("log_size")),
        known(row, row.getBoolean("output_truncated")),
        known(row, row.getBoolean("log_truncated")),
        known(row, row.getDouble("cpu_seconds")),
        known(row, row.getLong("peak_memory_bytes")),
        known(row, row.getBoolean("resources_are_lower_bounds")));
  }

  /** Reads an attempt from {@link #ATTEMPT_COLUMNS}. */
  static Attempt attempt(ResultSet row, StatementContext context) throws SQLException {
    return new Attempt(
        UUID.fromString(row.getString("job_id")),
        row.getString("job_type"),
        row.getInt("generation"),
        row.getInt("attempt"),
        row.getInt("max_attempts"),
        instant(row, "due_at").orElseThrow(),
        instant(row, "run_at").orElseThrow(),
        instant(row, "started_at").orElseThrow(),
        TraceParent.parse(row.getString("traceparent")),
        TextMap.parse(row.getString("parameters")),
        timeout(row));
  }

  /** Reads an attempt and the beginning of its input, which is empty if none was stored. */
  static Claimed claimed(ResultSet row, StatementContext context) throws SQLException {
    byte[] first = row.getBytes("input");
    if (first == null) {
      return new Claimed(attempt(row, context), Optional.empty());
    }
    long size = known(row, row.getLong("input_size")).orElse((long) first.length);
    return new Claimed(attempt(row, context), Optional.of(new JobInput(first, size)));
  }

  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  /** The value that was just read from the row; empty for null. */
  static <T> Optional<T> known(ResultSet row, T value) throws SQLException {
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }
}
