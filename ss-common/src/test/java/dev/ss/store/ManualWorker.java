package dev.ss.store;

import dev.ss.job.Attempt;
import dev.ss.job.AttemptEnd;
import dev.ss.job.Claimed;
import dev.ss.job.JobType;
import dev.ss.job.NextStep;
import dev.ss.job.RunResult;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A worker in a test's hands: the test says when it claims, and what becomes of each attempt. */
public final class ManualWorker {
  /** The name of the worker that most tests have. */
  public static final String ID = "manual-worker";

  private final JobQueue queue;
  private final Clock clock;

  ManualWorker(Database database, String id, List<JobType> offered, Clock clock) {
    this.queue = new JobQueue(database, id, offered, clock);
    this.clock = clock;
  }

  /** What the worker does its work with. */
  public JobQueue queue() {
    return queue;
  }

  /** Claims as many jobs as there are, at most this many. */
  public List<Started> claim(int limit) {
    return queue.turn(List.of(), limit).claimed().stream().map(Started::new).toList();
  }

  /** Claims one job, which has to be there. */
  public Started start() {
    return claim(1).get(0);
  }

  /** Stores several ends and claims jobs, in one transaction. */
  JobQueue.Turn turn(int limit, AttemptEnd... ends) {
    return queue.turn(List.of(ends), limit);
  }

  /** An attempt whose end is not stored. */
  public final class Started {
    private final Claimed claimed;

    private Started(Claimed claimed) {
      this.claimed = claimed;
    }

    /** Which one. */
    public Attempt attempt() {
      return claimed.attempt();
    }

    /** What its command is to read. */
    public byte[] input() {
      return claimed.input().orElseThrow().first();
    }

    /** How it ended, now. */
    AttemptEnd end(RunResult result, NextStep planned) {
      return new AttemptEnd(attempt(), result, planned, clock.instant());
    }

    /** Stores that it ended so. */
    public Optional<NextStep> finish(RunResult result, NextStep planned) {
      return turn(0, end(result, planned)).stored().get(0);
    }

    /** Whether the job is still this worker's, and if so whether it is to be cancelled. */
    Optional<Boolean> cancelRequested() {
      JobQueue.Hold hold = JobQueue.Hold.of(attempt());
      return Optional.ofNullable(queue.cancelRequests(List.of(hold)).get(hold));
    }
  }

  /** Finds out how many jobs it can claim one by one. */
  int claimable(int most) {
    return (int) IntStream.range(0, most).takeWhile(i -> !claim(1).isEmpty()).count();
  }
}
