package dev.ss.store;

import dev.ss.job.JobState;
import dev.ss.store.JobSearch.Found;
import dev.ss.store.JobSearch.Limits;
import dev.ss.store.Jobs.Order;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Cancels or retries all jobs that a filter selects, the oldest first, in short transactions. Looks
 * at each job once, so that a retried job that fails again meanwhile is not retried again.
 */
public final class JobSweep {
  private static final int BATCH = 200;

  /** How many jobs are looked at until the search for the next batch is asked again. */
  private static final int MAX_CHECKS = 10_000;

  private final Database database;
  private final Clock clock;

  public JobSweep(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What is done to the jobs. */
  public enum Action {
    /** Cancels queued jobs, and asks the workers of running ones to cancel them. */
    CANCEL,
    /** Queues failed and cancelled jobs again. */
    RETRY
  }

  /** A change of one job, which is committed. */
  public record Changed(String jobType, JobState newState) {}

  /**
   * The jobs that the action could change.
   *
   * @param number up to the limit
   * @param more whether there are more of them
   */
  public record Matched(int number, boolean more) {}

  /** Counts the jobs that {@link #sweep} would change. */
  public Matched count(Action action, JobFilter filter, int limit) {
    return sweep(action, filter, limit, limit, jobIds -> {});
  }

  /**
   * Changes jobs.
   *
   * @param limit the maximum number of jobs
   * @param by the name of the client's token, which the jobs keep
   * @param committed is called after each transaction, with what it has changed
   * @throws DatabaseUnavailableException if a transaction fails; the earlier ones have been
   *     committed
   */
  public Matched sweep(
      Action action,
      JobFilter filter,
      int limit,
      Optional<String> by,
      Consumer<List<Changed>> committed) {
    return sweep(
        action, filter, limit, BATCH, jobIds -> committed.accept(change(action, jobIds, by)));
  }

  private Matched sweep(
      Action action, JobFilter filter, int limit, int batchSize, Consumer<List<UUID>> batch) {
    Optional<JobFilter> changeable = changeable(action, filter);
    if (changeable.isEmpty()) {
      return new Matched(0, false);
    }
    int matched = 0;
    Optional<UUID> after = Optional.empty();
    do {
      // Asks for one job at the end, to know whether there are more.
      int rows = Math.max(1, Math.min(batchSize, limit - matched));
      Found<UUID> found = find(changeable.get(), after, rows);
      if (matched == limit && !found.rows().isEmpty()) {
        return new Matched(matched, true);
      }
      if (!found.rows().isEmpty()) {
        batch.accept(found.rows());
      }
      matched += found.rows().size();
      after = found.next();
    } while (after.isPresent());
    return new Matched(matched, false);
  }

  /** The filter's jobs that the action can change; empty if there can be none. */
  private static Optional<JobFilter> changeable(Action action, JobFilter filter) {
    Set<JobState> states =
        switch (action) {
          case CANCEL -> EnumSet.of(JobState.QUEUED, JobState.RUNNING);
          case RETRY -> EnumSet.of(JobState.FAILED, JobState.CANCELLED);
        };
    states.removeIf(state -> !filter.mayBeIn(state));
    return states.isEmpty() ? Optional.empty() : Optional.of(filter.withStates(states));
  }

  private Found<UUID> find(JobFilter filter, Optional<UUID> after, int rows) {
    return database.readPlannedForValues(
        handle ->
            new JobSearch(handle, Order.OLDEST)
                .ids(
                    filter,
                    "(state = 'running' and cancel_requested) is not true",
                    after,
                    new Limits(rows, MAX_CHECKS)));
  }

  private List<Changed> change(Action action, List<UUID> jobIds, Optional<String> by) {
    List<Changed> changed =
        database.inTransaction(
            handle -> {
              lock(handle, jobIds);
              return switch (action) {
                case CANCEL -> cancel(handle, jobIds, by);
                case RETRY -> queueAgain(handle, jobIds, by);
              };
            });
    if (action == Action.RETRY) {
      changed.stream().map(Changed::jobType).distinct().forEach(database.wakeUps()::queued);
    }
    return changed;
  }

  /** Locks the jobs in the order in which all transactions do, which rules out deadlocks. */
  private void lock(Handle handle, List<UUID> jobIds) {
    handle
        .createQuery(
            "select job_id from jobs where job_id in (<job_ids>) order by job_id"
                + database.dialect().forUpdate())
        .bindList("job_ids", texts(jobIds))
        .mapTo(String.class)
        .list();
  }

  private List<Changed> cancel(Handle handle, List<UUID> jobIds, Optional<String> by) {
    return handle
        .createQuery(
            """
            update jobs set
              state = case when state = 'queued' then 'cancelled' else state end,
              finished_at = case when state = 'queued' then :now else finished_at end,
              error_code = case when state = 'queued' then 'cancelled' else error_code end,
              cancel_requested = state = 'running' or cancel_requested,
              changed_by = :by
            where job_id in (<job_ids>) and %s
              and (state = 'running' and cancel_requested) is not true
            returning job_type, state
            """
                .formatted(JobRows.IS_UNFINISHED))
        .bind("now", clock.instant())
        .bind("by", by.orElse(null))
        .bindList("job_ids", texts(jobIds))
        .map(
            (row, context) ->
                new Changed(
                    row.getString("job_type"),
                    JobState.ofWireName(row.getString("state")).orElseThrow()))
        .list();
  }

  private List<Changed> queueAgain(Handle handle, List<UUID> jobIds, Optional<String> by) {
    return handle
        .createQuery(
            JobControl.QUEUE_AGAIN
                + """
                where job_id in (<job_ids>) and (state in ('failed', 'cancelled')) is true
                returning job_type
                """)
        .bind("now", clock.instant())
        .bind("by", by.orElse(null))
        .bind("no", false)
        .bindList("job_ids", texts(jobIds))
        .map((row, context) -> new Changed(row.getString("job_type"), JobState.QUEUED))
        .list();
  }

  private static List<String> texts(List<UUID> jobIds) {
    return jobIds.stream().map(UUID::toString).toList();
  }
}
