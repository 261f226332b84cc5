package dev.ss.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A valid submission, ready to be stored.
 *
 * @param runAt the earliest moment to run it, not before {@code createdAt}
 * @param input the bytes for the command's standard input
 * @param idempotency under which the same submission is stored only once
 * @param traceParent of the request that submitted it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record NewJob(
    UUID id,
    String jobType,
    int maxAttempts,
    int priority,
    Instant createdAt,
    Instant runAt,
    byte[] input,
    Optional<Idempotency> idempotency,
    Optional<TraceParent> traceParent) {

  /**
   * How a client names a submission.
   *
   * @param key what the client chose to name this submission by
   * @param digest of everything the client asked for, to tell a repetition from a clash
   */
  public record Idempotency(String key, String digest) {}
}
