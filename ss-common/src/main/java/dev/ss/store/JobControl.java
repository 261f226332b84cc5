package dev.ss.store;

import dev.ss.job.Job;
import dev.ss.job.JobState;
import java.time.Clock;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Cancels and retries jobs at a client's request. */
public final class JobControl {
  private final Database database;
  private final Clock clock;

  public JobControl(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The outcome of a client's request. */
  public sealed interface Result {
    /** The request has changed the job. */
    record Done(Job job) implements Result {}

    /** The job is running. Its worker will see the request and end the attempt. */
    record Requested(Job job) implements Result {}

    /** The job was in the requested state before the request. */
    record Already(Job job) implements Result {}

    /** The job's state does not allow the request. */
    record Refused(JobState state) implements Result {}

    /** There is no such job. */
    record Unknown() implements Result {}
  }

  /** Cancels a queued job at once. Asks the worker of a running job to cancel it. */
  public Result cancel(UUID jobId) {
    return decide(
        jobId,
        (handle, job) ->
            switch (job.state()) {
              case QUEUED -> new Result.Done(cancelQueued(handle, jobId));
              case RUNNING -> new Result.Requested(requestCancel(handle, jobId));
              case CANCELLED -> new Result.Already(job);
              case SUCCEEDED, FAILED -> new Result.Refused(job.state());
            });
  }

  /** Queues a failed or cancelled job again, with its full number of attempts. */
  public Result retry(UUID jobId) {
    Result result =
        decide(
            jobId,
            (handle, job) ->
                switch (job.state()) {
                  case FAILED, CANCELLED -> new Result.Done(queueAgain(handle, jobId));
                  case QUEUED -> new Result.Already(job);
                  case RUNNING, SUCCEEDED -> new Result.Refused(job.state());
                });
    if (result instanceof Result.Done done) {
      database.wakeUps().queued(done.job().jobType());
    }
    return result;
  }

  /** Decides on a request, inside the transaction that has locked the job. */
  private interface Decision {
    Result of(Handle handle, Job job);
  }

  /**
   * Keeps the job locked until the transaction ends, so that its state cannot change between the
   * decision and the commit.
   */
  private Result decide(UUID jobId, Decision decision) {
    return database.inTransaction(
        handle ->
            JobRows.lock(handle, jobId, database.dialect().forUpdate())
                .map(job -> decision.of(handle, job))
                .orElseGet(Result.Unknown::new));
  }

  private Job cancelQueued(Handle handle, UUID jobId) {
    handle
        .createUpdate(
            """
            update jobs set state = 'cancelled', finished_at = :now, error_code = 'cancelled'
            where job_id = :job_id
            """)
        .bind("now", clock.instant())
        .bind("job_id", jobId.toString())
        .execute();
    return find(handle, jobId);
  }

  private static Job requestCancel(Handle handle, UUID jobId) {
    handle
        .createUpdate("update jobs set cancel_requested = :yes where job_id = :job_id")
        .bind("yes", true)
        .bind("job_id", jobId.toString())
        .execute();
    return find(handle, jobId);
  }

  private Job queueAgain(Handle handle, UUID jobId) {
    handle
        .createUpdate(
            """
            update jobs set state = 'queued', attempt = 0, submitted_at = :now, run_at = :now,
              started_at = null, finished_at = null, exit_code = null, error_code = null,
              cancel_requested = :no
            where job_id = :job_id
            """)
        .bind("now", clock.instant())
        .bind("no", false)
        .bind("job_id", jobId.toString())
        .execute();
    return find(handle, jobId);
  }

  private static Job find(Handle handle, UUID jobId) {
    return JobRows.find(handle, jobId).orElseThrow();
  }
}
