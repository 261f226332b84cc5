package dev.ss.job;

import java.util.Optional;

/**
 * An attempt that a worker has begun, with what it needs to run it.
 *
 * @param input for the standard input of the job's command; nothing if an earlier version of SS
 *     stored the job without it
 */
public record Claimed(Attempt attempt, Optional<byte[]> input) {}
