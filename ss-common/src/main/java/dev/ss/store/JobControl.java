package dev.ss.store;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What a client may do to a job it has submitted. */
public final class JobControl {
  private final Transactions transactions;
  private final WakeUps wakeUps;
  private final SchedulerClient executions;
  private final Clock clock;

  /** Control over the jobs of this database. */
  public JobControl(Database database, Clock clock) {
    this.transactions = database.transactions();
    this.wakeUps = database.wakeUps();
    this.executions = Executions.client(database);
    this.clock = clock;
  }

  /** What became of a wish. */
  public sealed interface Result {
    /** The job is now as wished. */
    record Done(Job job) implements Result {}

    /** The job runs; its worker has been told and will end it. */
    record Requested(Job job) implements Result {}

    /** The job was so already. */
    record Already(Job job) implements Result {}

    /** The job's state does not allow it. */
    record Refused(JobState state) implements Result {}

    /** There is no such job. */
    record Unknown() implements Result {}
  }

  /** Cancels a queued job at once, and asks the worker of a running one to. */
  public Result cancel(UUID jobId) {
    return transactions.inTransaction(
        handle -> {
          Optional<Integer> queuedRun = cancelQueued(handle, jobId);
          if (queuedRun.isPresent()) {
            Job job = find(handle, jobId);
            removeExecution(new Execution(jobId, queuedRun.get()).instanceId(job.jobType()));
            return new Result.Done(job);
          }
          if (requestCancel(handle, jobId)) {
            return new Result.Requested(find(handle, jobId));
          }
          return unchanged(handle, jobId, JobState.CANCELLED);
        });
  }

  /** Queues a failed or cancelled job again, with all its attempts before it. */
  public Result retry(UUID jobId) {
    Result result = queueAgain(jobId);
    if (result instanceof Result.Done done) {
      wakeUps.queued(done.job().jobType());
    }
    return result;
  }

  private Result queueAgain(UUID jobId) {
    return transactions.inTransaction(
        handle -> {
          Instant now = clock.instant();
          Optional<Integer> run =
              handle
                  .createQuery(
                      """
                      update jobs set state = 'queued', attempt = 0, submitted_at = :now,
                        run_at = :now, started_at = null, finished_at = null, exit_code = null,
                        error_code = null, cancel_requested = :no
                      where job_id = :job_id and state in ('failed', 'cancelled')
                      returning run
                      """)
                  .bind("now", now)
                  .bind("no", false)
                  .bind("job_id", jobId.toString())
                  .mapTo(Integer.class)
                  .findOne();
          if (run.isEmpty()) {
            return unchanged(handle, jobId, JobState.QUEUED);
          }
          Job job = find(handle, jobId);
          executions.scheduleIfNotExists(
              new Execution(jobId, run.get() + 1).at(job.jobType(), now, job.priority()));
          return new Result.Done(job);
        });
  }

  /**
   * The run its execution was for, if it was queued. That run is used up: a worker that has picked
   * the execution may be about to remove it, and a retry must not count on it.
   */
  private Optional<Integer> cancelQueued(Handle handle, UUID jobId) {
    return handle
        .createQuery(
            """
            update jobs set state = 'cancelled', finished_at = :now, error_code = 'cancelled',
              run = run + 1
            where job_id = :job_id and %s
            returning run
            """
                .formatted(JobRows.IS_QUEUED))
        .bind("now", clock.instant())
        .bind("job_id", jobId.toString())
        .mapTo(Integer.class)
        .findOne();
  }

  private static boolean requestCancel(Handle handle, UUID jobId) {
    return handle
            .createUpdate(
                """
                update jobs set cancel_requested = :yes
                where job_id = :job_id and state = 'running'
                """)
            .bind("yes", true)
            .bind("job_id", jobId.toString())
            .execute()
        == 1;
  }

  /**
   * A worker that has picked it, or does so between db-scheduler's look at it and its removal,
   * finds the job cancelled and removes it itself.
   */
  private void removeExecution(TaskInstanceId execution) {
    try {
      executions.cancel(execution);
    } catch (TaskInstanceCurrentlyExecutingException
        | TaskInstanceNotFoundException
        | ExecutionException picked) {
      return;
    }
  }

  private static Result unchanged(Handle handle, UUID jobId, JobState wished) {
    Optional<Job> job = JobRows.find(handle, jobId);
    if (job.isEmpty()) {
      return new Result.Unknown();
    }
    return job.get().state() == wished
        ? new Result.Already(job.get())
        : new Result.Refused(job.get().state());
  }

  private static Job find(Handle handle, UUID jobId) {
    return JobRows.find(handle, jobId).orElseThrow();
  }
}
