package dev.ss.store;

import dev.ss.job.Job;
import dev.ss.job.JobState;
import java.time.Clock;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What a client may do to a job it has submitted. */
public final class JobControl {
  private final Database database;
  private final Clock clock;

  public JobControl(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What became of a client's request. */
  public sealed interface Result {
    /** The job is now as requested. */
    record Done(Job job) implements Result {}

    /** The job runs; its worker will see the request and end it. */
    record Requested(Job job) implements Result {}

    /** The job was so before. */
    record Already(Job job) implements Result {}

    /** The job's state does not allow it. */
    record Refused(JobState state) implements Result {}

    /** There is no such job. */
    record Unknown() implements Result {}
  }

  /** Cancels a queued job at once, and asks the worker of a running one to. */
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

  /** Queues a failed or cancelled job again, with all its attempts before it. */
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

  /** What a state allows, in the transaction in which the job has it. */
  private interface Decision {
    Result of(Handle handle, Job job);
  }

  /** The job stays locked until the end, so that what is answered is what was so. */
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
