package dev.ss.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The queue at one moment.
 *
 * @param jobs how many unfinished jobs there are, by type and state; none where there is no entry
 * @param oldestReady how long the job that has waited longest has been ready; zero if none is
 * @param oldestRunning how long the attempt that has run longest has run; zero if none does
 * @param workers how many there are
 */
public record QueueStats(
    List<Count> jobs,
    Duration oldestReady,
    Duration oldestRunning,
    Map<WorkerState, Long> workers) {

  /** So many jobs of this type are in this state. */
  public record Count(String jobType, QueueState state, long jobs) {}

  /** How many jobs wait for their first or next attempt, be it due or not. */
  public long queued() {
    return jobs.stream()
        .filter(count -> count.state() != QueueState.RUNNING)
        .mapToLong(Count::jobs)
        .sum();
  }
}
