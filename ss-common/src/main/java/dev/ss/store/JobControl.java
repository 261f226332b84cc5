package dev.ss.store;

import dev.ss.job.Job;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Cancels and retries jobs at a client's request. */
public final class JobControl {
  /** Makes final jobs as if they were new; a {@code where} follows. */
  static final String QUEUE_AGAIN =
      """
      update jobs set state = 'queued', attempt = 0, due_at = :now, run_at = :now,
        started_at = null, finished_at = null, exit_code = null, error_code = null,
        cancel_requested = :no, changed_by = :by, output_size = null, log_size = null,
        output_truncated = null, log_truncated = null, cpu_seconds = null,
        peak_memory_bytes = null, resources_are_lower_bounds = null
      """;

  private final Database database;
  private final Clock clock;

  public JobControl(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What a client's request did to a job. */
  public enum Effect {
    /** The request has changed the job's state. */
    DONE,
    /** The job is running. Its worker will see the request and end the attempt. */
    REQUESTED,
    /** The job was in the requested state before the request. */
    ALREADY,
    /** The job's state does not allow the request, so nothing has changed. */
    REFUSED
  }

  /** The job after a client's request. */
  public record Controlled(Effect effect, Job job) {}

  /**
   * Cancels a queued job at once. Asks the worker of a running job to cancel it.
   *
   * @param by the name of the client's token, which the job keeps
   * @return empty if there is no such job
   */
  public Optional<Controlled> cancel(UUID jobId, Optional<String> by) {
    return decide(
        jobId,
        (handle, job) ->
            switch (job.state()) {
              case QUEUED -> new Controlled(Effect.DONE, cancelQueued(handle, jobId, by));
              case RUNNING -> new Controlled(Effect.REQUESTED, requestCancel(handle, jobId, by));
              case CANCELLED -> new Controlled(Effect.ALREADY, job);
              case SUCCEEDED, FAILED -> new Controlled(Effect.REFUSED, job);
            });
  }

  /**
   * Queues a failed or cancelled job again, with its full number of attempts.
   *
   * @param by the name of the client's token, which the job keeps
   * @return empty if there is no such job
   */
  public Optional<Controlled> retry(UUID jobId, Optional<String> by) {
    Optional<Controlled> result =
        decide(
            jobId,
            (handle, job) ->
                switch (job.state()) {
                  case FAILED, CANCELLED ->
                      new Controlled(Effect.DONE, queueAgain(handle, jobId, by));
                  case QUEUED -> new Controlled(Effect.ALREADY, job);
                  case RUNNING, SUCCEEDED -> new Controlled(Effect.REFUSED, job);
                });
    result
        .filter(retried -> retried.effect() == Effect.DONE)
        .ifPresent(retried -> database.wakeUps().queued(retried.job().jobType()));
    return result;
  }

  /** Decides on a request, inside the transaction that has locked the job. */
  private interface Decision {
    Controlled of(Handle handle, Job job);
  }

  /**
   * Keeps the job locked until the transaction ends, so that its state cannot change between the
   * decision and the commit.
   */
  private Optional<Controlled> decide(UUID jobId, Decision decision) {
    return database.inTransaction(
        handle ->
            JobRows.lock(handle, jobId, database.dialect().forUpdate())
                .map(job -> decision.of(handle, job)));
  }

  private Job cancelQueued(Handle handle, UUID jobId, Optional<String> by) {
    handle
        .createUpdate(
            """
            update jobs set state = 'cancelled', finished_at = :now, error_code = 'cancelled',
              changed_by = :by
            where job_id = :job_id
            """)
        .bind("now", clock.instant())
        .bind("by", by.orElse(null))
        .bind("job_id", jobId.toString())
        .execute();
    return find(handle, jobId);
  }

  private static Job requestCancel(Handle handle, UUID jobId, Optional<String> by) {
    handle
        .createUpdate(
            "update jobs set cancel_requested = :yes, changed_by = :by where job_id = :job_id")
        .bind("yes", true)
        .bind("by", by.orElse(null))
        .bind("job_id", jobId.toString())
        .execute();
    return find(handle, jobId);
  }

  private Job queueAgain(Handle handle, UUID jobId, Optional<String> by) {
    handle
        .createUpdate(QUEUE_AGAIN + "where job_id = :job_id")
        .bind("now", clock.instant())
        .bind("by", by.orElse(null))
        .bind("no", false)
        .bind("job_id", jobId.toString())
        .execute();
    return find(handle, jobId);
  }

  private static Job find(Handle handle, UUID jobId) {
    return JobRows.find(handle, jobId).orElseThrow();
  }
}
