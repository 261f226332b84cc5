package dev.ss.job;

import java.util.Optional;

/**
 * An attempt that a worker has begun, and the input for its command.
 *
 * @param input what the command reads from its standard input; empty if an earlier version of SS
 *     stored the job without it
 */
public record Claimed(Attempt attempt, Optional<JobInput> input) {}
