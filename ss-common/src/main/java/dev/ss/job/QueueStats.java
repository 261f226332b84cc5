package dev.ss.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The numbers of unfinished jobs and of workers at one moment.
 *
 * @param jobs the number of unfinished jobs by type and state; a missing entry means 0
 * @param oldestReady how long the job that has waited longest has been ready; zero if none is ready
 * @param oldestRunning how long the longest-running attempt has run; zero if none is running
 * @param workers the number of workers in each state
 */
public record QueueStats(
    List<Count> jobs,
    Duration oldestReady,
    Duration oldestRunning,
    Map<WorkerState, Long> workers) {

  /** The number of jobs of one type in one state. */
  public record Count(String jobType, QueueState state, long jobs) {}

  /** The number of queued jobs, whether due or not. */
  public long queued() {
    return jobs.stream()
        .filter(count -> count.state() != QueueState.RUNNING)
        .mapToLong(Count::jobs)
        .sum();
  }
}
