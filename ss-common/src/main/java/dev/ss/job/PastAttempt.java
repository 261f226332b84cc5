package dev.ss.job;

import java.time.Instant;
import java.util.Optional;

/**
 * One start of a job's command, as its history shows it.
 *
 * @param run the number of the start, which never repeats for a job
 * @param attempt the number of the attempt, which counts against {@code maxAttempts}; it repeats
 *     after an interruption and after a client's retry
 * @param workerId the worker that ran it; empty if an earlier version of SS did not keep it
 * @param outcome how it ended; empty while it runs
 * @param errorCode the {@link ErrorCode}
 * @param cost what it wrote and used, without the size of the job's input
 */
public record PastAttempt(
    int run,
    int attempt,
    Optional<String> workerId,
    Optional<String> outcome,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<Integer> exitCode,
    Optional<String> errorCode,
    Cost cost) {}
