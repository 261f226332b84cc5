package dev.ss.store;

import dev.ss.job.Attempt;
import dev.ss.job.AttemptEnd;
import dev.ss.job.ErrorCode;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.Output;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import dev.ss.store.EndStatements.End;
import dev.ss.store.JobQueue.Hold;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Takes running jobs from workers that will not end them. A former worker that is still alive can
 * no longer store an end: the job is not running any more, and the next claim gives it a new
 * generation.
 */
public final class LostJobs {
  private static final RunResult LOST =
      RunResult.killed(RunOutcome.LOST, ErrorCode.WORKER_LOST, Output.empty(), Output.empty());
  private static final RunResult NEVER_BEGUN =
      RunResult.killed(
          RunOutcome.INTERRUPTED, ErrorCode.INTERRUPTED, Output.empty(), Output.empty());
  private static final NextStep GIVE_BACK = new NextStep.Requeue(Duration.ZERO, true);

  private static final RowMapper<Holder> HOLDER =
      (row, context) ->
          new Holder(
              row.getString("worker_id"),
              Optional.ofNullable(row.getString("instance")),
              JobRows.instant(row, "last_heartbeat_at"));

  private final Database database;
  private final Clock clock;

  public LostJobs(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A worker that holds running jobs, with its last heartbeat.
   *
   * @param instance the process that sent the heartbeat, if it said which
   * @param lastHeartbeat empty if the worker has no row in the table of workers
   */
  public record Holder(
      String workerId, Optional<String> instance, Optional<Instant> lastHeartbeat) {}

  /** An attempt that was taken from its worker, and the next step of its job. */
  public record Recovered(AttemptEnd end, NextStep step) {}

  /** All workers that hold running jobs, except this one. */
  public List<Holder> holders(String exceptWorkerId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select holders.worker_id, instance, last_heartbeat_at
                    from (select distinct worker_id from jobs where state = 'running') holders
                    left join workers on workers.worker_id = holders.worker_id
                    where holders.worker_id <> :except
                    """)
                .bind("except", exceptWorkerId)
                .map(HOLDER)
                .list());
  }

  /**
   * Ends the running attempts of a lost worker.
   *
   * @param holder the worker, as it was when it fell silent
   * @param next decides the next step of a job whose attempt is lost
   * @return the recovered attempts; empty if the worker has sent a heartbeat since, or another
   *     worker was first
   */
  public List<Recovered> recover(Holder holder, Function<Attempt, NextStep> next) {
    return recover(
        holder.workerId(),
        next,
        handle -> find(handle, holder.workerId()).map(holder::equals).orElse(isUnlisted(holder)));
  }

  private static boolean isUnlisted(Holder holder) {
    return holder.lastHeartbeat().isEmpty();
  }

  /**
   * Ends all attempts that run under a worker's name. The former holder of the name must be lost.
   */
  public List<Recovered> recoverAll(String workerId, Function<Attempt, NextStep> next) {
    return recover(workerId, next, handle -> true);
  }

  private List<Recovered> recover(
      String workerId, Function<Attempt, NextStep> next, Function<Handle, Boolean> isLost) {
    List<Recovered> recovered =
        database.inTransaction(
            handle ->
                isLost.apply(handle)
                    ? takeAway(handle, lost(runningUnder(handle, workerId), next))
                    : List.of());
    recovered.forEach(this::announce);
    return recovered;
  }

  private List<AttemptEnd> lost(List<Attempt> attempts, Function<Attempt, NextStep> next) {
    Instant now = clock.instant();
    return attempts.stream()
        .map(attempt -> new AttemptEnd(attempt, LOST, next.apply(attempt), now))
        .toList();
  }

  /**
   * Queues jobs again that this worker holds in the database but never started. The worker claimed
   * them in a transaction whose commit was not acknowledged. Their attempts do not count. The
   * worker must not claim jobs at the same time.
   *
   * @param known the attempts that the worker has started and whose ends are not stored
   * @return the number of jobs given back
   */
  public int giveBackUnknown(String workerId, Set<Hold> known) {
    List<Recovered> givenBack =
        database.inTransaction(handle -> takeAway(handle, unknown(handle, workerId, known)));
    givenBack.forEach(this::announce);
    return givenBack.size();
  }

  private List<AttemptEnd> unknown(Handle handle, String workerId, Set<Hold> known) {
    Instant now = clock.instant();
    return runningUnder(handle, workerId).stream()
        .filter(attempt -> !known.contains(Hold.of(attempt)))
        .map(attempt -> new AttemptEnd(attempt, NEVER_BEGUN, GIVE_BACK, now))
        .toList();
  }

  /** Locks the worker's row, so that no heartbeat can arrive before the transaction ends. */
  private Optional<Holder> find(Handle handle, String workerId) {
    return handle
        .createQuery(
            "select worker_id, instance, last_heartbeat_at from workers"
                + " where worker_id = :worker_id"
                + database.dialect().forUpdate())
        .bind("worker_id", workerId)
        .map(HOLDER)
        .findOne();
  }

  private List<Attempt> runningUnder(Handle handle, String workerId) {
    return handle
        .createQuery(
            Sql.with(
                """
                select %s from jobs where state = 'running' and worker_id = :worker_id%s
                """,
                JobRows.ATTEMPT_COLUMNS, database.dialect().forUpdateSkippingLocked()))
        .bind("worker_id", workerId)
        .map(JobRows::attempt)
        .list();
  }

  private List<Recovered> takeAway(Handle handle, List<AttemptEnd> ends) {
    if (ends.isEmpty()) {
      return List.of();
    }
    Map<UUID, JobState> states =
        database.dialect().ends().write(handle, ends.stream().map(End::of).toList());
    List<Recovered> taken = new ArrayList<>();
    for (AttemptEnd end : ends) {
      JobState state = states.get(end.attempt().jobId());
      if (state != null) {
        taken.add(new Recovered(end, end.stepTo(state)));
      }
    }
    return taken;
  }

  private void announce(Recovered recovered) {
    if (!recovered.step().isFinal()) {
      database.wakeUps().queued(recovered.end().attempt().jobType());
    }
  }
}
