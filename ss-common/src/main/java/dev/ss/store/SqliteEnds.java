package dev.ss.store;

import dev.ss.job.JobState;
import dev.ss.job.Output;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * Stores ends one by one. SQLite runs inside the process, so a statement takes only microseconds.
 */
final class SqliteEnds implements EndStatements {
  private static final NamedSql UPDATE =
      NamedSql.of(
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
      """);

  private static final NamedSql INSERT_OUTPUT =
      NamedSql.of(
          """
      insert into job_outputs (job_id, attempt, stdout, stdout_truncated, stderr,
        stderr_truncated)
      values (:job_id, :attempt, :stdout, :stdout_truncated, :stderr, :stderr_truncated)
      on conflict (job_id) do update set attempt = excluded.attempt,
        stdout = excluded.stdout, stdout_truncated = excluded.stdout_truncated,
        stderr = excluded.stderr, stderr_truncated = excluded.stderr_truncated
      """);

  @Override
  public Map<UUID, JobState> write(Handle handle, List<End> ends) {
    Map<UUID, JobState> written = new HashMap<>();
    for (End end : ends) {
      update(handle, end)
          .ifPresent(
              state -> {
                end.output().ifPresent(output -> insert(handle, end, output));
                written.put(end.jobId(), state);
              });
    }
    return written;
  }

  private static Optional<JobState> update(Handle handle, End end) {
    Optional<Output> stdout = end.output().map(End.Streams::stdout);
    Optional<Output> stderr = end.output().map(End.Streams::stderr);
    return UPDATE
        .list(
            handle,
            Map.ofEntries(
                entry("state", end.state().wireName()),
                entry("refund", end.refund()),
                entry("run_at", end.runAt().toEpochMilli()),
                entry("ended_at", end.endedAt().toEpochMilli()),
                entry("exit_code", end.exitCode().orElse(null)),
                entry("error_code", end.errorCode().orElse(null)),
                entry("output_size", stdout.map(Output::written).orElse(null)),
                entry("output_truncated", stdout.map(Output::truncated).orElse(null)),
                entry("log_size", stderr.map(Output::written).orElse(null)),
                entry("log_truncated", stderr.map(Output::truncated).orElse(null)),
                entry("cpu_seconds", end.cpuSeconds().orElse(null)),
                entry("peak_memory_bytes", end.resources().peakMemory().orElse(null)),
                entry("resources_are_lower_bounds", end.resourcesAreLowerBounds().orElse(null)),
                entry("job_id", end.jobId().toString()),
                entry("generation", end.generation())),
            (row, context) -> row.getString("state"))
        .stream()
        .findFirst()
        .flatMap(JobState::ofWireName);
  }

  private static Map.Entry<String, Argument> entry(String name, @Nullable Object value) {
    return Map.entry(name, NamedSql.value(value));
  }

  private static void insert(Handle handle, End end, End.Streams output) {
    INSERT_OUTPUT.execute(
        handle,
        Map.ofEntries(
            entry("job_id", end.jobId().toString()),
            entry("attempt", end.attempt()),
            entry("stdout", output.stdout().bytes()),
            entry("stdout_truncated", output.stdout().truncated()),
            entry("stderr", output.stderr().bytes()),
            entry("stderr_truncated", output.stderr().truncated())));
  }
}
