package dev.ss.store;

import dev.ss.job.Job;
import dev.ss.job.JobState;
import java.time.Clock;
import java.util.Optional;
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
    return database.inTransaction(
        handle -> {
          if (cancelQueued(handle, jobId)) {
            return new Result.Done(find(handle, jobId));
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
      database.wakeUps().queued(done.job().jobType());
    }
    return result;
  }

  private Result queueAgain(UUID jobId) {
    return database.inTransaction(
        handle -> {
          int updated =
              handle
                  .createUpdate(
                      """
                      update jobs set state = 'queued', attempt = 0, submitted_at = :now,
                        run_at = :now, started_at = null, finished_at = null, exit_code = null,
                        error_code = null, cancel_requested = :no
                      where job_id = :job_id and (state in ('failed', 'cancelled')) is true
                      """)
                  .bind("now", clock.instant())
                  .bind("no", false)
                  .bind("job_id", jobId.toString())
                  .execute();
          return updated == 1
              ? new Result.Done(find(handle, jobId))
              : unchanged(handle, jobId, JobState.QUEUED);
        });
  }

  private boolean cancelQueued(Handle handle, UUID jobId) {
    return handle
            .createUpdate(
                """
                update jobs set state = 'cancelled', finished_at = :now, error_code = 'cancelled'
                where job_id = :job_id and %s
                """
                    .formatted(JobRows.IS_QUEUED))
            .bind("now", clock.instant())
            .bind("job_id", jobId.toString())
            .execute()
        == 1;
  }

  private static boolean requestCancel(Handle handle, UUID jobId) {
    return handle
            .createUpdate(
                """
                update jobs set cancel_requested = :yes
                where job_id = :job_id and %s
                """
                    .formatted(JobRows.IS_RUNNING))
            .bind("yes", true)
            .bind("job_id", jobId.toString())
            .execute()
        == 1;
  }

  private static Result unchanged(Handle handle, UUID jobId, JobState requested) {
    Optional<Job> job = JobRows.find(handle, jobId);
    if (job.isEmpty()) {
      return new Result.Unknown();
    }
    return job.get().state() == requested
        ? new Result.Already(job.get())
        : new Result.Refused(job.get().state());
  }

  private static Job find(Handle handle, UUID jobId) {
    return JobRows.find(handle, jobId).orElseThrow();
  }
}
