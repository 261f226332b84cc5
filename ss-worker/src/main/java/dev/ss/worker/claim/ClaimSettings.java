package dev.ss.worker.claim;

import dev.ss.job.Backoff;
import dev.ss.job.JobType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which jobs a worker claims, and how long its commands may take to end when it stops.
 *
 * @param offered the job types that the worker claims
 * @param slots how many jobs it runs at once
 * @param backoff decides when a failed job runs again
 * @param pollInterval how often it looks for due jobs, and checks which running ones it still owns
 * @param heartbeatInterval how often it compares the jobs that it runs with the database
 * @param gracePeriod how long running jobs may continue when the worker stops
 * @param killGracePeriod the time between asking a command to end and killing it
 */
public record ClaimSettings(
    String workerId,
    List<JobType> offered,
    int slots,
    Backoff backoff,
    Duration pollInterval,
    Duration heartbeatInterval,
    Duration gracePeriod,
    Duration killGracePeriod) {

  public ClaimSettings {
    offered = List.copyOf(offered);
  }

  /** The names of the offered types of which only so many jobs may run at once. */
  Set<String> limitedTypes() {
    return offered.stream()
        .filter(type -> type.maxRunning().isPresent())
        .map(JobType::name)
        .collect(Collectors.toSet());
  }
}
