package dev.ss.store;

import dev.ss.job.Cost;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.Label;
import dev.ss.job.NewJob;
import dev.ss.job.NewJob.Idempotency;
import dev.ss.job.TraceParent;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Stores new jobs with their inputs. Jobs that are submitted together are all stored, or none of
 * them.
 */
public final class Submissions {
  private static final String INSERT_JOB =
      """
      insert into jobs (job_id, job_type, state, max_attempts, priority, created_at,
        due_at, run_at, idempotency_key, idempotency_digest,
        traceparent, submitted_by, input_size, parameters, labels, timeout_ms)
      values (:job_id, :job_type, 'queued', :max_attempts, :priority, :created_at,
        :run_at, :run_at, :idempotency_key, :idempotency_digest,
        :traceparent, :submitted_by, :input_size, :parameters, :labels, :timeout_ms)
      on conflict (idempotency_key) where idempotency_key is not null do nothing
      """;
  private static final String INSERT_INPUT =
      "insert into job_inputs (job_id, input, upload_id) values (:job_id, :input, :upload_id)";
  private static final String INSERT_LABEL =
      "insert into job_labels (job_id, label) values (:job_id, :label)";

  private final Database database;

  public Submissions(Database database) {
    this.database = database;
  }

  /** How a stored job relates to a submission. */
  public enum Match {
    /** The submission created the job. */
    CREATED,
    /** An earlier submission of the same content created the job, under the same key. */
    REPEATED,
    /** Another submission created the job, under the same key. */
    KEY_REUSED
  }

  /** The job that is stored for a submission, or under its idempotency key. */
  public record Stored(Match match, Job job) {}

  private record Earlier(String digest, Job job) {}

  /** Stores the job, unless its idempotency key has been used before. */
  public Stored submit(NewJob job) {
    Stored stored = store(job);
    wakeUp(job, stored);
    return stored;
  }

  private Stored store(NewJob job) {
    return database.inTransaction(
        handle -> {
          if (!insert(handle, job)) {
            return earlier(job.idempotency().orElseThrow(), earlier(handle, List.of(job)));
          }
          bindInput(handle.createUpdate(INSERT_INPUT), job).execute();
          insertLabels(handle, List.of(job));
          return created(job);
        });
  }

  /**
   * Stores all of the jobs whose idempotency keys have not been used before, or none. If several of
   * the jobs have one key, stores the first of them.
   *
   * @return one result for each job, in the order of the jobs
   */
  public List<Stored> submitAll(List<NewJob> jobs) {
    List<Stored> stored = storeAll(jobs);
    for (int i = 0; i < jobs.size(); i++) {
      wakeUp(jobs.get(i), stored.get(i));
    }
    return stored;
  }

  private List<Stored> storeAll(List<NewJob> jobs) {
    return database.inTransaction(
        handle -> {
          Set<UUID> created = insert(handle, jobs);
          List<NewJob> isNew = jobs.stream().filter(job -> created.contains(job.id())).toList();
          if (!isNew.isEmpty()) {
            insertInputs(handle, isNew);
            insertLabels(handle, isNew);
          }
          return stored(handle, jobs, created);
        });
  }

  private void wakeUp(NewJob job, Stored stored) {
    if (stored.match() == Match.CREATED && !job.runAt().isAfter(job.createdAt())) {
      database.wakeUps().queued(job.jobType());
    }
  }

  /** Returns which of these idempotency keys have been used. */
  public Set<String> known(Collection<String> keys) {
    if (keys.isEmpty()) {
      return Set.of();
    }
    return database.read(
        handle ->
            handle
                .createQuery("select idempotency_key from jobs where idempotency_key in (<keys>)")
                .bindList("keys", keys)
                .mapTo(String.class)
                .set());
  }

  /** Returns false if the idempotency key is taken. Waits for a transaction that is taking it. */
  private static boolean insert(Handle handle, NewJob job) {
    return bindJob(handle.createUpdate(INSERT_JOB), job).execute() == 1;
  }

  /**
   * Inserts the jobs whose idempotency keys are free and returns their ids. A query looks them up,
   * because a driver that rewrites batches does not report which rows it inserted.
   */
  private static Set<UUID> insert(Handle handle, List<NewJob> jobs) {
    // In the order of their keys: a transaction that waits for a key holds only smaller ones, so
    // transactions cannot deadlock.
    List<NewJob> byKey =
        jobs.stream()
            .sorted(Comparator.comparing(job -> job.idempotency().map(Idempotency::key).orElse("")))
            .toList();
    PreparedBatch batch = handle.prepareBatch(INSERT_JOB);
    byKey.forEach(job -> bindJob(batch, job).add());
    batch.execute();
    return handle
        .createQuery("select job_id from jobs where job_id in (<job_ids>)")
        .bindList("job_ids", jobs.stream().map(job -> job.id().toString()).toList())
        .mapTo(String.class)
        .stream()
        .map(UUID::fromString)
        .collect(Collectors.toSet());
  }

  private static <S extends SqlStatement<S>> S bindJob(S statement, NewJob job) {
    return statement
        .bind("job_id", job.id().toString())
        .bind("job_type", job.jobType())
        .bind("max_attempts", job.maxAttempts())
        .bind("priority", job.priority())
        .bind("created_at", job.createdAt())
        .bind("run_at", job.runAt())
        .bind("traceparent", job.traceParent().map(TraceParent::text).orElse(null))
        .bind("submitted_by", job.submittedBy().orElse(null))
        .bind("input_size", job.input().size())
        .bind("parameters", TextMap.text(job.options().parameters()))
        .bind("labels", TextMap.text(job.options().labels()))
        .bind("timeout_ms", job.options().timeout().map(Duration::toMillis).orElse(null))
        .bind("idempotency_key", job.idempotency().map(Idempotency::key).orElse(null))
        .bind("idempotency_digest", job.idempotency().map(Idempotency::digest).orElse(null));
  }

  private static void insertInputs(Handle handle, List<NewJob> jobs) {
    PreparedBatch batch = handle.prepareBatch(INSERT_INPUT);
    jobs.forEach(job -> bindInput(batch, job).add());
    batch.execute();
  }

  private static <S extends SqlStatement<S>> S bindInput(S statement, NewJob job) {
    return statement
        .bind("job_id", job.id().toString())
        .bind("input", job.input().first())
        .bind("upload_id", job.uploadId().map(UUID::toString).orElse(null));
  }

  /** Executes no statement for jobs without labels. */
  private static void insertLabels(Handle handle, List<NewJob> jobs) {
    if (jobs.stream().allMatch(job -> job.options().labels().isEmpty())) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(INSERT_LABEL);
    for (NewJob job : jobs) {
      new TreeMap<>(job.options().labels())
          .forEach(
              (key, value) ->
                  batch
                      .bind("job_id", job.id().toString())
                      .bind("label", new Label(key, value).text())
                      .add());
    }
    batch.execute();
  }

  private static List<Stored> stored(Handle handle, List<NewJob> jobs, Set<UUID> created) {
    Map<String, Earlier> earlier =
        earlier(handle, jobs.stream().filter(job -> !created.contains(job.id())).toList());
    return jobs.stream()
        .map(
            job ->
                created.contains(job.id())
                    ? created(job)
                    : earlier(job.idempotency().orElseThrow(), earlier))
        .toList();
  }

  /** Finds the stored jobs that have these jobs' keys, by key. */
  private static Map<String, Earlier> earlier(Handle handle, List<NewJob> jobs) {
    if (jobs.isEmpty()) {
      return Map.of();
    }
    return handle
        .createQuery(
            "select idempotency_key, idempotency_digest, "
                + JobRows.COLUMNS
                + " from jobs where idempotency_key in (<keys>)")
        .bindList("keys", jobs.stream().map(job -> job.idempotency().orElseThrow().key()).toList())
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("idempotency_key"),
                    new Earlier(row.getString("idempotency_digest"), JobRows.job(row, context))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Stored earlier(Idempotency wanted, Map<String, Earlier> earlier) {
    Earlier found = earlier.get(wanted.key());
    if (found == null) { // deleted after its key had kept this one from being inserted
      throw new DatabaseUnavailableException("a job of the same key has just been deleted");
    }
    boolean same = found.digest().equals(wanted.digest());
    return new Stored(same ? Match.REPEATED : Match.KEY_REUSED, found.job());
  }

  private static Stored created(NewJob job) {
    return new Stored(
        Match.CREATED,
        new Job(
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
            Optional.empty(),
            job.submittedBy(),
            Optional.empty(),
            Cost.ofInput(job.input().size()),
            job.options(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }
}
