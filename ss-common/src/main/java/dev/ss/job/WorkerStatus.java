package dev.ss.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A worker as it last described itself.
 *
 * @param slots how many jobs it runs at once
 * @param running how many it ran when it was last heard of
 * @param jobTypes what it can run
 * @param host the machine it runs on, where that has a name
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

  /** How it is at this time, if it may be silent for as long as a lease. */
  public WorkerState state(Instant now, Duration lease) {
    if (lastHeartbeatAt.plus(lease).isBefore(now)) {
      return WorkerState.STALE;
    }
    return draining ? WorkerState.DRAINING : WorkerState.LIVE;
  }
}
