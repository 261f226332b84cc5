package dev.ss.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The numbers of unfinished jobs and of workers at one moment.
 *
 * @param jobs the number of unfinished jobs by type and state; a missing entry means 0
 * @param known all workers that the database knows
 * @param workers the number of workers in each state
 * @param liveWorkers how many live workers run jobs of each type; a missing entry means 0
 * @param paused since when the paused types are paused
 */
public record QueueStats(
    List<Count> jobs,
    List<WorkerStatus> known,
    Map<WorkerState, Long> workers,
    Map<String, Long> liveWorkers,
    Map<String, Instant> paused) {

  /**
   * The number of jobs of one type in one state.
   *
   * @param oldest how long the first of them has been ready or running; zero for scheduled ones
   */
  public record Count(String jobType, QueueState state, long jobs, Duration oldest) {}

  /** The number of queued jobs, whether due or not. */
  public long queued() {
    return jobs.stream()
        .filter(count -> count.state() != QueueState.RUNNING)
        .mapToLong(Count::jobs)
        .sum();
  }
}
