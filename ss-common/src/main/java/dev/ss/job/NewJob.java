package dev.ss.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A valid submission, ready to be stored.
 *
 * @param runAt the earliest time to run it, not before {@code createdAt}
 * @param input what the command reads from its standard input
 * @param uploadId the upload that has the rest of the input, if the first part is not all of it
 * @param idempotency if present, SS stores the same submission only once
 * @param traceParent the W3C trace context of the request that submitted the job
 * @param submittedBy the name of the token that submitted the job; empty without tokens
 * @param options what else the client chose for it
 */
public record NewJob(
    UUID id,
    String jobType,
    int maxAttempts,
    int priority,
    Instant createdAt,
    Instant runAt,
    JobInput input,
    Optional<UUID> uploadId,
    Optional<Idempotency> idempotency,
    Optional<TraceParent> traceParent,
    Optional<String> submittedBy,
    JobOptions options) {

  /**
   * The identity of a submission, by which SS recognises a repetition.
   *
   * @param key the idempotency key that the client chose
   * @param digest a hash of everything the client asked for, which distinguishes a repetition from
   *     another submission under the same key
   */
  public record Idempotency(String key, String digest) {}
}
