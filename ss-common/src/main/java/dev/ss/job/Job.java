package dev.ss.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A job as its client sees it. The input is not part of it: it goes from the submission to the
 * command and nowhere else.
 *
 * @param attempt the number of the running or last attempt, 0 before the first; an attempt that was
 *     interrupted by a worker's shutdown is not counted
 * @param runAt when the job may run, or could have run the last time it was queued: the moment of
 *     submission, the time the client asked for, or the end of the backoff after a failed attempt
 * @param startedAt when the running or last attempt started
 * @param finishedAt when the job became final
 * @param exitCode of the last finished attempt's command
 * @param errorCode why the last finished attempt did not succeed
 */
public record Job(
    UUID id,
    String jobType,
    JobState state,
    int attempt,
    int maxAttempts,
    int priority,
    Instant createdAt,
    Instant runAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    Optional<Integer> exitCode,
    Optional<String> errorCode) {}
