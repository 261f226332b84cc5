package dev.ss.store;

import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import dev.ss.job.Attempt;
import dev.ss.job.ErrorCode;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import dev.ss.job.TraceParent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Starts and finishes attempts. Finishing writes the row, the output and the execution in one
 * transaction, and writes nothing unless the attempt is still the job's current one.
 */
public final class Attempts {
  private static final String ATTEMPT_COLUMNS =
      "job_id, job_type, run, attempt, max_attempts, submitted_at, run_at, started_at,"
          + " traceparent";

  private final Database database;
  private final Clock clock;

  /** Attempts at the jobs of this database. */
  public Attempts(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * An attempt that has been started.
   *
   * @param input for the standard input of the job's command
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Started(Attempt attempt, byte[] input) {}

  /**
   * What a worker is told about one of its running jobs.
   *
   * @param cancelRequested whether the client wants it cancelled
   */
  public record Running(UUID jobId, int run, boolean cancelRequested) {}

  /** Takes the job into {@code running}; nothing if it is no longer this execution's to run. */
  public Optional<Started> start(Execution execution, String workerId) {
    return database
        .transactions()
        .inTransaction(
            handle ->
                start(handle, List.of(execution), workerId, database.dialect().forUpdate()).stream()
                    .findFirst());
  }

  /**
   * Takes into {@code running} what of these is still its execution's to run.
   *
   * @param lock the end of the query that finds them
   */
  List<Started> start(Handle handle, List<Execution> executions, String workerId, String lock) {
    if (executions.isEmpty()) {
      return List.of();
    }
    String ids = forEach(executions, ":job_%d", ", ");
    String runs = forEach(executions, "when :job_%1$d then :run_%1$d", " ");
    Query query =
        handle
            .createQuery(
                """
                update jobs set state = 'running', attempt = attempt + 1, run = run + 1,
                  started_at = :now, worker_id = :worker_id, cancel_requested = :no
                where job_id in (
                  select job_id from jobs
                  where job_id in (%s) and run = case job_id %s end and %s%s)
                returning %s,
                  (select input from job_inputs where job_inputs.job_id = jobs.job_id) as input
                """
                    .formatted(ids, runs, JobRows.IS_QUEUED, lock, ATTEMPT_COLUMNS))
            .bind("now", clock.instant())
            .bind("worker_id", workerId)
            .bind("no", false);
    for (int i = 0; i < executions.size(); i++) {
      query.bind("job_" + i, executions.get(i).jobId().toString());
      query.bind("run_" + i, executions.get(i).run() - 1);
    }
    return query
        .map((row, context) -> new Started(attempt(row, context), row.getBytes("input")))
        .list();
  }

  private static String forEach(List<Execution> executions, String text, String delimiter) {
    return IntStream.range(0, executions.size())
        .mapToObj(text::formatted)
        .collect(Collectors.joining(delimiter));
  }

  /** The attempt this execution started and nobody finished; nothing if there is none. */
  public Optional<Attempt> unfinished(Execution execution) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                        select %s from jobs
                        where job_id = :job_id and state = 'running' and run = :run
                        """
                        .formatted(ATTEMPT_COLUMNS))
                .bind("job_id", execution.jobId().toString())
                .bind("run", execution.run())
                .map(Attempts::attempt)
                .findOne());
  }

  /**
   * Writes down how the attempt ended and what comes next.
   *
   * @return what came next: {@code planned}, or cancelled where that had been asked for meanwhile;
   *     nothing if the attempt had lost the job, and nothing was written
   */
  public Optional<NextStep> finish(
      Attempt attempt, RunResult result, NextStep planned, ExecutionOperations<?> execution) {
    Optional<NextStep> taken = write(attempt, result, planned, execution);
    if (taken.isPresent()
        && taken.get() instanceof NextStep.QueueAgain again
        && again.delay().isZero()) {
      wake(attempt.jobType());
    }
    return taken;
  }

  /** Has all workers that offer the type look for jobs at once. Never waits and never fails. */
  public void wake(String jobType) {
    database.wakeUps().queued(jobType);
  }

  private Optional<NextStep> write(
      Attempt attempt, RunResult result, NextStep planned, ExecutionOperations<?> execution) {
    return database
        .transactions()
        .inTransaction(
            handle -> {
              Optional<NextStep> taken = step(handle, attempt, result, planned, execution);
              if (taken.isPresent()
                  && result.outcome() != RunOutcome.INTERRUPTED
                  && result.outcome() != RunOutcome.LOST) {
                writeOutput(handle, attempt, result);
              }
              return taken;
            });
  }

  private Optional<NextStep> step(
      Handle handle,
      Attempt attempt,
      RunResult result,
      NextStep planned,
      ExecutionOperations<?> execution) {
    if (planned instanceof NextStep.QueueAgain again
        && queueAgain(handle, attempt, result, again, execution)) {
      return Optional.of(planned);
    }
    NextStep.Finish end =
        planned instanceof NextStep.Finish finish
            ? finish
            : new NextStep.Finish(JobState.CANCELLED);
    return finish(handle, attempt, result, end.state(), execution)
        ? Optional.of(end)
        : Optional.empty();
  }

  /**
   * Gives the job to a new execution, because this one's worker was lost before it started the job.
   *
   * @return false if the execution is gone, because somebody else has done so or has ended the job
   */
  public boolean replaceUnstarted(Execution lost, ExecutionOperations<?> execution) {
    Optional<String> queued =
        database.transactions().inTransaction(handle -> replace(handle, lost, execution));
    queued.ifPresent(this::wake);
    return queued.isPresent() || removed(execution);
  }

  /** The job's type, if the job still waited for this execution. */
  private Optional<String> replace(
      Handle handle, Execution lost, ExecutionOperations<?> execution) {
    // A worker that thaws with the lost execution in hand must not start the job with it.
    Execution next = new Execution(lost.jobId(), lost.run() + 1);
    Optional<SchedulableInstance<Void>> replacement =
        handle
            .createQuery(
                """
                update jobs set run = run + 1
                where job_id = :job_id and %s and run = :run - 1
                returning job_type, priority
                """
                    .formatted(JobRows.IS_QUEUED))
            .bind("job_id", lost.jobId().toString())
            .bind("run", lost.run())
            .map(
                (row, context) ->
                    next.at(row.getString("job_type"), clock.instant(), row.getInt("priority")))
            .findOne();
    replacement.ifPresent(execution::removeAndScheduleNew);
    return replacement.map(SchedulableInstance::getTaskName);
  }

  /** What no job waits for any more, if it is still there. */
  private boolean removed(ExecutionOperations<?> execution) {
    return database
        .transactions()
        .inTransaction(
            handle -> {
              try {
                execution.remove();
                return true;
              } catch (ExecutionException gone) {
                return false;
              }
            });
  }

  /** The jobs this worker is running as far as the database knows. */
  public List<Running> runningOn(String workerId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                        select job_id, run, cancel_requested from jobs
                        where state = 'running' and worker_id = :worker_id
                        """)
                .bind("worker_id", workerId)
                .map(
                    (row, context) ->
                        new Running(
                            UUID.fromString(row.getString("job_id")),
                            row.getInt("run"),
                            row.getBoolean("cancel_requested")))
                .list());
  }

  /** False when a cancel was asked for, or the attempt is not the job's current one. */
  private boolean queueAgain(
      Handle handle,
      Attempt attempt,
      RunResult result,
      NextStep.QueueAgain again,
      ExecutionOperations<?> execution) {
    Instant runAt = clock.instant().plus(again.delay());
    Optional<Integer> priority =
        handle
            .createQuery(
                """
                update jobs set state = 'queued', attempt = :attempt, run_at = :run_at,
                  exit_code = :exit_code, error_code = :error_code
                where job_id = :job_id and run = :run and state = 'running'
                  and cancel_requested = :no
                returning priority
                """)
            .bind("attempt", attempt.number() - (again.free() ? 1 : 0))
            .bind("run_at", runAt)
            .bind("exit_code", result.exitCode().orElse(null))
            .bind("error_code", result.errorCode().map(ErrorCode::wireName).orElse(null))
            .bind("job_id", attempt.jobId().toString())
            .bind("run", attempt.run())
            .bind("no", false)
            .mapTo(Integer.class)
            .findOne();
    Execution next = new Execution(attempt.jobId(), attempt.run() + 1);
    priority.ifPresent(
        number -> execution.removeAndScheduleNew(next.at(attempt.jobType(), runAt, number)));
    return priority.isPresent();
  }

  /** False when the attempt is not the job's current one. */
  private boolean finish(
      Handle handle,
      Attempt attempt,
      RunResult result,
      JobState state,
      ExecutionOperations<?> execution) {
    int updated =
        handle
            .createUpdate(
                """
                update jobs set state = :state, finished_at = :now, exit_code = :exit_code,
                  error_code = :error_code
                where job_id = :job_id and run = :run and state = 'running'
                """)
            .bind("state", state.wireName())
            .bind("now", clock.instant())
            .bind("exit_code", result.exitCode().orElse(null))
            .bind("error_code", result.errorCode().map(ErrorCode::wireName).orElse(null))
            .bind("job_id", attempt.jobId().toString())
            .bind("run", attempt.run())
            .execute();
    if (updated == 0) {
      return false;
    }
    execution.remove();
    return true;
  }

  private static void writeOutput(Handle handle, Attempt attempt, RunResult result) {
    handle
        .createUpdate(
            """
            insert into job_outputs (job_id, attempt, stdout, stdout_truncated, stderr,
              stderr_truncated)
            values (:job_id, :attempt, :stdout, :stdout_truncated, :stderr, :stderr_truncated)
            on conflict (job_id) do update set attempt = excluded.attempt,
              stdout = excluded.stdout, stdout_truncated = excluded.stdout_truncated,
              stderr = excluded.stderr, stderr_truncated = excluded.stderr_truncated
            """)
        .bind("job_id", attempt.jobId().toString())
        .bind("attempt", attempt.number())
        .bind("stdout", result.stdout().bytes())
        .bind("stdout_truncated", result.stdout().truncated())
        .bind("stderr", result.stderr().bytes())
        .bind("stderr_truncated", result.stderr().truncated())
        .execute();
  }

  private static Attempt attempt(ResultSet row, StatementContext context) throws SQLException {
    return new Attempt(
        UUID.fromString(row.getString("job_id")),
        row.getString("job_type"),
        row.getInt("run"),
        row.getInt("attempt"),
        row.getInt("max_attempts"),
        JobRows.instant(row, "submitted_at").orElseThrow(),
        JobRows.instant(row, "run_at").orElseThrow(),
        JobRows.instant(row, "started_at").orElseThrow(),
        TraceParent.parse(row.getString("traceparent")));
  }
}
