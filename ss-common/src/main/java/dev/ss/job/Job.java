package dev.ss.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A job as its client sees it. The input is not part of it, because SS passes the input only to the
 * command.
 *
 * @param attempt the number of the running or last attempt, 0 before the first; an attempt that a
 *     worker's shutdown interrupted does not count
 * @param runAt when the job may run, or could have run when it was last queued: the time of the
 *     submission, the time that the client asked for, or the end of the backoff after a failed
 *     attempt
 * @param startedAt when the running or last attempt started
 * @param finishedAt when the job became final
 * @param exitCode the exit code of the command in the last finished attempt
 * @param errorCode the {@link ErrorCode} of the last finished attempt or of the cancel
 * @param submittedBy the name of the token that submitted the job; empty without tokens
 * @param changedBy the name of the token that last cancelled or retried the job
 * @param cost what the last finished attempt read, wrote and used
 * @param options what else its client chose for it
 * @param workerId the worker that runs the job, or ran it last
 * @param progress how far the running or last command said it was, from 0 to 1
 * @param progressMessage what it said about that
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
    Optional<String> errorCode,
    Optional<String> submittedBy,
    Optional<String> changedBy,
    Cost cost,
    JobOptions options,
    Optional<String> workerId,
    Optional<Double> progress,
    Optional<String> progressMessage) {}
