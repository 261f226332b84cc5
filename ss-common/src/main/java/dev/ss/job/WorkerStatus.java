package dev.ss.job;

import java.time.Instant;
import java.util.List;

/**
 * A worker as it last described itself.
 *
 * @param slots how many jobs it runs at once
 * @param running how many it ran when it was last heard of
 * @param jobTypes what it can run
 */
public record WorkerStatus(
    String id,
    boolean draining,
    int slots,
    int running,
    List<String> jobTypes,
    Instant startedAt,
    Instant lastHeartbeatAt) {}
