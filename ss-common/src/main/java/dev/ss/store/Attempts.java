package dev.ss.store;

import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
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
import org.jdbi.v3.core.Handle;
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
   * What a worker is told about one of its running jobs.
   *
   * @param cancelRequested whether the client wants it cancelled
   */
  public record Running(UUID jobId, int run, boolean cancelRequested) {}

  /** Takes the job into {@code running}; nothing if it is no longer this execution's to run. */
  public Optional<Attempt> start(Execution execution, String workerId) {
    return database
        .transactions()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        update jobs set state = 'running', attempt = attempt + 1, run = run + 1,
                          started_at = :now, worker_id = :worker_id, cancel_requested = :no
                        where job_id = :job_id and state = 'queued' and run = :run - 1
                        returning %s
                        """
                            .formatted(ATTEMPT_COLUMNS))
                    .bind("now", clock.instant())
                    .bind("worker_id", workerId)
                    .bind("no", false)
                    .bind("job_id", execution.jobId().toString())
                    .bind("run", execution.run())
                    .map(Attempts::attempt)
                    .findOne());
  }

  /** What goes to the standard input of the job's command. */
  public byte[] input(UUID jobId) {
    return database.read(
        handle ->
            handle
                .createQuery("select input from job_inputs where job_id = :job_id")
                .bind("job_id", jobId.toString())
                .mapTo(byte[].class)
                .one());
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
    return database
        .transactions()
        .inTransaction(
            handle -> {
              Optional<Boolean> cancelRequested = lockCurrent(handle, attempt);
              if (cancelRequested.isEmpty()) {
                return Optional.empty();
              }
              NextStep next =
                  cancelRequested.get() && planned instanceof NextStep.QueueAgain
                      ? new NextStep.Finish(JobState.CANCELLED)
                      : planned;
              if (next instanceof NextStep.QueueAgain again) {
                queueAgain(handle, attempt, result, again, execution);
              } else if (next instanceof NextStep.Finish finish) {
                finish(handle, attempt, result, finish.state(), execution);
              }
              if (result.outcome() != RunOutcome.INTERRUPTED
                  && result.outcome() != RunOutcome.LOST) {
                writeOutput(handle, attempt, result);
              }
              return Optional.of(next);
            });
  }

  /**
   * Gives the job to a new execution, because this one's worker was lost before it started the job.
   */
  public void replaceUnstarted(Execution lost, ExecutionOperations<?> execution) {
    database
        .transactions()
        .inTransaction(
            handle -> {
              // A worker that thaws with the lost execution in hand must not start the job with it.
              Optional<Integer> priority =
                  handle
                      .createQuery(
                          """
                          update jobs set run = run + 1
                          where job_id = :job_id and state = 'queued' and run = :run - 1
                          returning priority
                          """)
                      .bind("job_id", lost.jobId().toString())
                      .bind("run", lost.run())
                      .mapTo(Integer.class)
                      .findOne();
              if (priority.isEmpty()) {
                execution.remove();
              } else {
                Execution next = new Execution(lost.jobId(), lost.run() + 1);
                execution.removeAndScheduleNew(next.at(clock.instant(), priority.get()));
              }
              return null;
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

  /** Whether a cancel was asked for; nothing if the attempt is not the job's current one. */
  private Optional<Boolean> lockCurrent(Handle handle, Attempt attempt) {
    return handle
        .createQuery(
            "select cancel_requested from jobs"
                + " where job_id = :job_id and run = :run and state = 'running'"
                + database.dialect().forUpdate())
        .bind("job_id", attempt.jobId().toString())
        .bind("run", attempt.run())
        .mapTo(Boolean.class)
        .findOne();
  }

  private void queueAgain(
      Handle handle,
      Attempt attempt,
      RunResult result,
      NextStep.QueueAgain again,
      ExecutionOperations<?> execution) {
    Instant runAt = clock.instant().plus(again.delay());
    int priority =
        handle
            .createQuery(
                """
                update jobs set state = 'queued', attempt = :attempt, run_at = :run_at,
                  exit_code = :exit_code, error_code = :error_code
                where job_id = :job_id
                returning priority
                """)
            .bind("attempt", attempt.number() - (again.free() ? 1 : 0))
            .bind("run_at", runAt)
            .bind("exit_code", result.exitCode().orElse(null))
            .bind("error_code", result.errorCode().map(ErrorCode::wireName).orElse(null))
            .bind("job_id", attempt.jobId().toString())
            .mapTo(Integer.class)
            .one();
    Execution next = new Execution(attempt.jobId(), attempt.run() + 1);
    execution.removeAndScheduleNew(next.at(runAt, priority));
  }

  private void finish(
      Handle handle,
      Attempt attempt,
      RunResult result,
      JobState state,
      ExecutionOperations<?> execution) {
    handle
        .createUpdate(
            """
            update jobs set state = :state, finished_at = :now, exit_code = :exit_code,
              error_code = :error_code
            where job_id = :job_id
            """)
        .bind("state", state.wireName())
        .bind("now", clock.instant())
        .bind("exit_code", result.exitCode().orElse(null))
        .bind("error_code", result.errorCode().map(ErrorCode::wireName).orElse(null))
        .bind("job_id", attempt.jobId().toString())
        .execute();
    execution.remove();
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
