package dev.ss.store;

import dev.ss.job.JobState;
import dev.ss.job.Output;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/**
 * Stores all ends with one statement, whose parameters are arrays with one element for each end.
 * The condition with {@code any} repeats the join on the job id. Without it, a plan that PostgreSQL
 * cached while the table was empty would compare the ends with all jobs.
 */
final class PostgresqlEnds implements EndStatements {
  /**
   * The common table expressions of a {@code with}; {@code written} has the jobs whose ends were
   * stored.
   */
  static final String PARTS =
      """
      ended as (
        select * from unnest(:job_ids, :generations, :attempts, :states, :refunds, :ended_at,
            :ended_run_at, :exit_codes, :error_codes, :outcomes, :output, :output_truncated,
            :output_sizes, :log, :log_truncated, :log_sizes, :cpu_seconds, :peak_memory_bytes,
            :resources_are_lower_bounds)
          as ended (job_id, generation, attempt, new_state, refund, ended_at, run_at, exit_code,
            error_code, outcome, output, output_truncated, output_size, log, log_truncated,
            log_size, cpu_seconds, peak_memory_bytes, resources_are_lower_bounds)),
      written as (
        update jobs set
          state = case when new_state = 'queued' and cancel_requested then 'cancelled'
            else new_state end,
          attempt = jobs.attempt - case when cancel_requested then 0 else refund end,
          run_at = case when new_state = 'queued' and not cancel_requested
            then timestamptz 'epoch' + ended.run_at * interval '1 millisecond' else jobs.run_at end,
          finished_at = case when new_state = 'queued' and not cancel_requested then null
            else timestamptz 'epoch' + ended_at * interval '1 millisecond' end,
          exit_code = ended.exit_code, error_code = ended.error_code,
          output_size = case when %1$s then jobs.output_size else ended.output_size end,
          output_truncated =
            case when %1$s then jobs.output_truncated else ended.output_truncated end,
          log_size = case when %1$s then jobs.log_size else ended.log_size end,
          log_truncated = case when %1$s then jobs.log_truncated else ended.log_truncated end,
          cpu_seconds = ended.cpu_seconds, peak_memory_bytes = ended.peak_memory_bytes,
          resources_are_lower_bounds = ended.resources_are_lower_bounds
        from ended
        where jobs.job_id = any (:job_ids) and jobs.job_id = ended.job_id
          and jobs.generation = ended.generation and (state = 'running') is true
        returning jobs.job_id, jobs.state, jobs.worker_id, jobs.started_at),
      stored as (
        insert into job_attempts (job_id, run, attempt, worker_id, started_at, ended_at, outcome,
          exit_code, error_code, output_size, log_size, output_truncated, log_truncated,
          cpu_seconds, peak_memory_bytes, resources_are_lower_bounds, output, log)
        select job_id, generation, attempt, worker_id, started_at,
          timestamptz 'epoch' + ended_at * interval '1 millisecond', outcome, exit_code,
          error_code, output_size, log_size, output_truncated, log_truncated, cpu_seconds,
          peak_memory_bytes, resources_are_lower_bounds, output, log
        from ended join written using (job_id))
      """
          .formatted("outcome in ('interrupted', 'lost')");

  private static final NamedSql STATEMENT =
      NamedSql.of("with " + PARTS + "select job_id, state from written");

  @Override
  public Map<UUID, JobState> write(Handle handle, List<End> ends) {
    return STATEMENT
        .list(
            handle,
            values(ends),
            (row, context) ->
                Map.entry(
                    UUID.fromString(row.getString("job_id")),
                    JobState.ofWireName(row.getString("state")).orElseThrow()))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * Sorts the ends by job id. Statements that wait for the locks of several rows take them in this
   * order, which rules out deadlocks.
   */
  static Map<String, Argument> values(List<End> unordered) {
    List<End> ends =
        unordered.stream().sorted(Comparator.comparing(end -> end.jobId().toString())).toList();
    return Map.ofEntries(
        Map.entry("job_ids", text(ends, end -> end.jobId().toString())),
        Map.entry("generations", array("int4", ends, End::generation)),
        Map.entry("attempts", array("int4", ends, End::attempt)),
        Map.entry("states", text(ends, end -> end.state().wireName())),
        Map.entry("refunds", array("int4", ends, End::refund)),
        Map.entry("ended_at", array("int8", ends, end -> end.endedAt().toEpochMilli())),
        Map.entry("ended_run_at", array("int8", ends, end -> end.runAt().toEpochMilli())),
        Map.entry("exit_codes", array("int4", ends, end -> end.exitCode().orElse(null))),
        Map.entry("error_codes", text(ends, end -> end.errorCode().orElse(null))),
        Map.entry("outcomes", text(ends, end -> end.outcome().wireName())),
        Map.entry("output", bytes(ends, End::output)),
        Map.entry("output_truncated", truncated(ends, End::output)),
        Map.entry("output_sizes", written(ends, End::output)),
        Map.entry("log", bytes(ends, End::log)),
        Map.entry("log_truncated", truncated(ends, End::log)),
        Map.entry("log_sizes", written(ends, End::log)),
        Map.entry("cpu_seconds", array("float8", ends, end -> end.cpuSeconds().orElse(null))),
        Map.entry(
            "peak_memory_bytes",
            array("int8", ends, end -> end.resources().peakMemory().orElse(null))),
        Map.entry(
            "resources_are_lower_bounds",
            array("bool", ends, end -> end.resourcesAreLowerBounds().orElse(null))));
  }

  private static Argument text(List<End> ends, Function<End, String> column) {
    return array("text", ends, column);
  }

  private static Argument bytes(List<End> ends, Function<End, Optional<Output>> stream) {
    byte[][] column =
        ends.stream()
            .map(end -> stream.apply(end).flatMap(Output::inRow).orElse(null))
            .toArray(byte[][]::new);
    return NamedSql.array("bytea", column);
  }

  private static Argument truncated(List<End> ends, Function<End, Optional<Output>> stream) {
    return array("bool", ends, end -> stream.apply(end).map(Output::truncated).orElse(null));
  }

  private static Argument written(List<End> ends, Function<End, Optional<Output>> stream) {
    return array("int8", ends, end -> stream.apply(end).map(Output::written).orElse(null));
  }

  private static Argument array(String type, List<End> ends, Function<End, ?> column) {
    return NamedSql.array(type, ends.stream().map(column).toArray());
  }
}
