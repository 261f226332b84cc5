package dev.ss.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt at a job, begun by a worker.
 *
 * @param run how often the job has been started, this start included. It never repeats for a job,
 *     not even when an interrupted attempt is given back or a client retries, and so it is what
 *     fences this attempt's writes.
 * @param number the attempt's number among those that count against {@code maxAttempts}
 * @param submittedAt when the client submitted or last retried the job
 * @param runnableAt when the job could first have been started
 * @param startedAt when it was
 * @param traceParent of the request that submitted the job
 */
public record Attempt(
    UUID jobId,
    String jobType,
    int run,
    int number,
    int maxAttempts,
    Instant submittedAt,
    Instant runnableAt,
    Instant startedAt,
    Optional<TraceParent> traceParent) {

  /** Whether a failure of this attempt is the job's last. */
  public boolean isLast() {
    return number >= maxAttempts;
  }

  /** From the moment the job was runnable until it was started: no deliberate delay, no backoff. */
  public Duration queueWait() {
    Duration wait = Duration.between(runnableAt, startedAt);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** The trace that submitted the job, if it belongs to one. */
  public Optional<String> traceId() {
    return traceParent.map(TraceParent::traceId);
  }
}
