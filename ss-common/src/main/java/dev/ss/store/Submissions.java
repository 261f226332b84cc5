package dev.ss.store;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.NewJob;
import dev.ss.job.NewJob.Idempotency;
import dev.ss.job.TraceParent;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Stores new jobs: row, input and execution together, or nothing at all. */
public final class Submissions {
  private final Transactions transactions;
  private final SchedulerClient executions;

  /** Submissions to this database. */
  public Submissions(Database database) {
    this.transactions = database.transactions();
    this.executions = Executions.client(database);
  }

  /** What became of a submission. */
  public sealed interface Result {
    /** The job is stored. */
    record Created(Job job) implements Result {}

    /** The same submission under the same key had been stored before. */
    record Repeated(Job job) implements Result {}

    /** The key had been used for another submission. */
    record KeyClash() implements Result {}
  }

  /** Stores the job, unless its idempotency key has been used before. */
  public Result submit(NewJob job) {
    return transactions.inTransaction(
        handle -> {
          if (!insert(handle, job)) {
            return earlier(handle, job.idempotency().orElseThrow());
          }
          handle
              .createUpdate("insert into job_inputs (job_id, input) values (:job_id, :input)")
              .bind("job_id", job.id().toString())
              .bind("input", job.input())
              .execute();
          // No such execution can exist, and scheduling a batch does not ask whether one does.
          executions.scheduleBatch(
              List.of(new Execution(job.id(), 1).at(job.jobType(), job.runAt(), job.priority())));
          return new Result.Created(stored(job));
        });
  }

  /** False when the idempotency key is taken; PostgreSQL waits here for whoever is taking it. */
  private static boolean insert(Handle handle, NewJob job) {
    return handle
            .createUpdate(
                """
                insert into jobs (job_id, job_type, state, max_attempts, priority, created_at,
                  submitted_at, run_at, idempotency_key, idempotency_digest,
                  traceparent)
                values (:job_id, :job_type, 'queued', :max_attempts, :priority, :created_at,
                  :created_at, :run_at, :idempotency_key, :idempotency_digest,
                  :traceparent)
                on conflict (idempotency_key) where idempotency_key is not null do nothing
                """)
            .bind("job_id", job.id().toString())
            .bind("job_type", job.jobType())
            .bind("max_attempts", job.maxAttempts())
            .bind("priority", job.priority())
            .bind("created_at", job.createdAt())
            .bind("run_at", job.runAt())
            .bind("traceparent", job.traceParent().map(TraceParent::text).orElse(null))
            .bind("idempotency_key", job.idempotency().map(Idempotency::key).orElse(null))
            .bind("idempotency_digest", job.idempotency().map(Idempotency::digest).orElse(null))
            .execute()
        == 1;
  }

  private static Result earlier(Handle handle, Idempotency idempotency) {
    return handle
        .createQuery(
            "select job_id from jobs where idempotency_key = :key and idempotency_digest = :digest")
        .bind("key", idempotency.key())
        .bind("digest", idempotency.digest())
        .mapTo(String.class)
        .findOne()
        .flatMap(jobId -> JobRows.find(handle, UUID.fromString(jobId)))
        .<Result>map(Result.Repeated::new)
        .orElseGet(Result.KeyClash::new);
  }

  private static Job stored(NewJob job) {
    return new Job(
        job.id(),
        job.jobType(),
        JobState.QUEUED,
        0,
        job.maxAttempts(),
        job.priority(),
        job.createdAt(),
        job.runAt(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
