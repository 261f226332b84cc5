package dev.ss.store;

import dev.ss.job.JobState;
import dev.ss.job.Output;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Stores ends one by one. SQLite runs inside the process, so a statement takes only microseconds.
 */
final class SqliteEnds implements EndStatements {
  private static final String UPDATE =
      """
      update jobs set
        state = case when :state = 'queued' and cancel_requested then 'cancelled' else :state end,
        attempt = attempt - case when cancel_requested then 0 else :refund end,
        run_at = case when :state = 'queued' and not cancel_requested then :run_at else run_at end,
        finished_at =
          case when :state = 'queued' and not cancel_requested then null else :ended_at end,
        exit_code = :exit_code, error_code = :error_code,
        output_size = coalesce(:output_size, output_size),
        output_truncated = coalesce(:output_truncated, output_truncated),
        log_size = coalesce(:log_size, log_size),
        log_truncated = coalesce(:log_truncated, log_truncated),
        cpu_seconds = :cpu_seconds, peak_memory_bytes = :peak_memory_bytes,
        resources_are_lower_bounds = :resources_are_lower_bounds
      where job_id = :job_id and generation = :generation and state = 'running'
      returning state
      """;

  /** Runs after the update: it copies from the job what both rows have in common. */
  private static final String INSERT_ATTEMPT =
      """
      insert into job_attempts (job_id, run, attempt, worker_id, started_at, ended_at, outcome,
        exit_code, error_code, output_size, log_size, output_truncated, log_truncated, cpu_seconds,
        peak_memory_bytes, resources_are_lower_bounds, output, log)
      select job_id, generation, :attempt, worker_id, started_at, :ended_at, :outcome,
        exit_code, error_code, :output_size, :log_size, :output_truncated, :log_truncated,
        cpu_seconds, peak_memory_bytes, resources_are_lower_bounds, :output, :log
      from jobs where job_id = :job_id
      """;

  @Override
  public Map<UUID, JobState> write(Handle handle, List<End> ends) {
    Map<UUID, JobState> written = new HashMap<>();
    for (End end : ends) {
      update(handle, end)
          .ifPresent(
              state -> {
                insert(handle, end);
                written.put(end.jobId(), state);
              });
    }
    return written;
  }

  private static Optional<JobState> update(Handle handle, End end) {
    Optional<Output> output = end.shown(End.Streams::output);
    Optional<Output> log = end.shown(End.Streams::log);
    return handle
        .createQuery(UPDATE)
        .bind("state", end.state().wireName())
        .bind("refund", end.refund())
        .bind("run_at", end.runAt())
        .bind("ended_at", end.endedAt())
        .bind("exit_code", end.exitCode().orElse(null))
        .bind("error_code", end.errorCode().orElse(null))
        .bind("output_size", output.map(Output::written).orElse(null))
        .bind("output_truncated", output.map(Output::truncated).orElse(null))
        .bind("log_size", log.map(Output::written).orElse(null))
        .bind("log_truncated", log.map(Output::truncated).orElse(null))
        .bind("cpu_seconds", end.cpuSeconds().orElse(null))
        .bind("peak_memory_bytes", end.resources().peakMemory().orElse(null))
        .bind("resources_are_lower_bounds", end.resourcesAreLowerBounds().orElse(null))
        .bind("job_id", end.jobId().toString())
        .bind("generation", end.generation())
        .mapTo(String.class)
        .findOne()
        .flatMap(JobState::ofWireName);
  }

  private static void insert(Handle handle, End end) {
    handle
        .createUpdate(INSERT_ATTEMPT)
        .bind("job_id", end.jobId().toString())
        .bind("attempt", end.attempt())
        .bind("ended_at", end.endedAt())
        .bind("outcome", end.outcome().wireName())
        .bind("output_size", end.output().map(Output::written).orElse(null))
        .bind("log_size", end.log().map(Output::written).orElse(null))
        .bind("output_truncated", end.output().map(Output::truncated).orElse(null))
        .bind("log_truncated", end.log().map(Output::truncated).orElse(null))
        .bind("output", end.output().flatMap(Output::inRow).orElse(null))
        .bind("log", end.log().flatMap(Output::inRow).orElse(null))
        .execute();
  }
}
