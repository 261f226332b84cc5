package dev.ss.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A worker, as its last heartbeat described it.
 *
 * @param slots how many jobs the worker runs at once
 * @param running how many jobs it ran at its last heartbeat
 * @param jobTypes the names of the job types that it runs
 * @param host the name of the machine that it runs on, if the machine has one
 */
public record WorkerStatus(
    String id,
    boolean draining,
    int slots,
    int running,
    List<String> jobTypes,
    Instant startedAt,
    Instant lastHeartbeatAt,
    Optional<String> host) {

  /**
   * Returns the worker's state at this time.
   *
   * @param lease the worker is stale after a longer silence
   */
  public WorkerState state(Instant now, Duration lease) {
    if (lastHeartbeatAt.plus(lease).isBefore(now)) {
      return WorkerState.STALE;
    }
    return draining ? WorkerState.DRAINING : WorkerState.LIVE;
  }
}
