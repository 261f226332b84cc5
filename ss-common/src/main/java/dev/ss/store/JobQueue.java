package dev.ss.store;

import dev.ss.job.Attempt;
import dev.ss.job.AttemptEnd;
import dev.ss.job.Claimed;
import dev.ss.job.JobState;
import dev.ss.job.JobType;
import dev.ss.job.NextStep;
import dev.ss.job.NextStep.Requeue;
import dev.ss.store.ClaimStatements.Claim;
import dev.ss.store.EndStatements.End;
import dev.ss.store.TurnStatements.Done;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The jobs table as one worker uses it: the worker claims due jobs and stores how its attempts end.
 * The database refuses an end whose generation is no longer the job's current one.
 *
 * <p>Thread-safe.
 */
public final class JobQueue {
  private final Database database;
  private final String workerId;
  private final ClaimableTypes types;
  private final PausedTypes paused;
  private final Clock clock;

  /**
   * @param offered the job types whose jobs the worker claims
   */
  public JobQueue(Database database, String workerId, List<JobType> offered, Clock clock) {
    this.database = database;
    this.workerId = workerId;
    this.types = new ClaimableTypes(offered, database.dialect().claims());
    this.paused = new PausedTypes(database);
    this.clock = clock;
  }

  /** Identifies one attempt of a job. */
  public record Hold(UUID jobId, int generation) {
    public static Hold of(Attempt attempt) {
      return new Hold(attempt.jobId(), attempt.generation());
    }
  }

  /**
   * The result of a turn.
   *
   * @param stored the next step of each end's job, in the order of the ends; empty for an end that
   *     was refused, because the job is no longer this worker's
   * @param claimed the attempts that began
   */
  public record Turn(List<Optional<NextStep>> stored, List<Claimed> claimed) {
    static final Turn NOTHING = new Turn(List.of(), List.of());
  }

  /**
   * Stores these ends and claims jobs, in one commit. If an earlier turn committed an end without
   * an acknowledgement, the end counts as stored.
   *
   * @param freeSlots the maximum number of jobs to claim
   * @throws DatabaseUnavailableException if the turn failed; it may have been committed all the
   *     same, and the caller may pass the same ends again
   */
  public Turn turn(List<AttemptEnd> ends, int freeSlots) {
    if (ends.isEmpty() && (freeSlots == 0 || !mayFindJobs())) {
      return Turn.NOTHING;
    }
    Turn turn = inOneCommit(ends, freeSlots);
    announce(ends, turn.stored());
    return turn;
  }

  private Turn inOneCommit(List<AttemptEnd> ends, int freeSlots) {
    List<End> rows = ends.stream().map(End::of).toList();
    Optional<List<PickQuota>> unlimited = types.unlimited();
    if (unlimited.isPresent() && !unlimited.get().isEmpty() && freeSlots > 0) {
      Done done =
          database.dialect().turns().turn(database, rows, claim(unlimited.get(), freeSlots));
      return new Turn(steps(ends, done.states(), this::storedBefore), done.claimed());
    }
    return database.inTransaction(
        handle -> {
          Map<UUID, JobState> states =
              rows.isEmpty() ? Map.of() : database.dialect().ends().write(handle, rows);
          return new Turn(
              steps(ends, states, end -> storedBefore(handle, end)), claimed(handle, freeSlots));
        });
  }

  /** Reads which types are paused; turns claim none of their jobs from now on. */
  public void readPauses() {
    types.pause(paused.all().keySet());
  }

  private boolean mayFindJobs() {
    return database.dialect().claims().mayFind(database, types, clock.instant());
  }

  private List<Claimed> claimed(Handle handle, int freeSlots) {
    List<PickQuota> quotas = freeSlots == 0 ? List.of() : types.quotas(handle);
    return quotas.isEmpty()
        ? List.of()
        : database.dialect().claims().claim(handle, claim(quotas, freeSlots));
  }

  private Claim claim(List<PickQuota> quotas, int freeSlots) {
    return new Claim(workerId, clock.instant(), quotas, freeSlots);
  }

  /**
   * Returns the next step of each end's job; empty if the end was refused.
   *
   * @param storedBefore finds the state of a job whose end an earlier turn stored
   */
  private static List<Optional<NextStep>> steps(
      List<AttemptEnd> ends,
      Map<UUID, JobState> written,
      Function<End, Optional<JobState>> storedBefore) {
    return ends.stream()
        .map(
            end ->
                Optional.ofNullable(written.get(end.attempt().jobId()))
                    .or(() -> storedBefore.apply(End.of(end)))
                    .map(end::stepTo))
        .toList();
  }

  private Optional<JobState> storedBefore(End end) {
    return database.read(handle -> storedBefore(handle, end));
  }

  /** The state of the job, if its row has the values that this end would have written. */
  private static Optional<JobState> storedBefore(Handle handle, End end) {
    return handle
        .createQuery(
            """
            select state from jobs
            where job_id = :job_id and generation = :generation
              and error_code is not distinct from :error_code
              and ((state = 'queued') is true and run_at = :run_at or finished_at = :ended_at)
            """)
        .bind("job_id", end.jobId().toString())
        .bind("generation", end.generation())
        .bind("error_code", end.errorCode().orElse(null))
        .bind("run_at", end.state() == JobState.QUEUED ? end.runAt() : null)
        .bind("ended_at", end.endedAt())
        .mapTo(String.class)
        .findOne()
        .flatMap(JobState::ofWireName);
  }

  private void announce(List<AttemptEnd> ends, List<Optional<NextStep>> stored) {
    for (int i = 0; i < ends.size(); i++) {
      boolean due =
          stored.get(i).map(step -> step.match(finish -> false, Requeue::isDue)).orElse(false);
      if (due) {
        wake(ends.get(i).attempt().jobType());
      }
    }
  }

  /** Makes all workers that offer the type look for jobs at once. Never blocks and never fails. */
  public void wake(String jobType) {
    database.wakeUps().queued(jobType);
  }

  /**
   * Checks which of these attempts still belong to this worker.
   *
   * @return those attempts, each with whether a client has asked to cancel its job
   */
  public Map<Hold, Boolean> cancelRequests(Collection<Hold> running) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select job_id, generation, cancel_requested from jobs
                    where job_id in (<job_ids>) and %s
                    """
                        .formatted(JobRows.IS_RUNNING))
                .bindList("job_ids", running.stream().map(hold -> hold.jobId().toString()).toList())
                .map(
                    (row, context) ->
                        Map.entry(
                            new Hold(
                                UUID.fromString(row.getString("job_id")), row.getInt("generation")),
                            row.getBoolean("cancel_requested")))
                .stream()
                .filter(entry -> running.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
