package dev.ss.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt at a job, begun by a worker.
 *
 * @param generation the fence: it grows each time the job is given to a worker, and only the worker
 *     that holds the current one may write. Unlike the attempt number it never repeats for a job.
 * @param number the attempt's number among those that count against {@code maxAttempts}
 * @param submittedAt when the client submitted or last retried the job
 * @param runnableAt when the job could first have been started
 * @param startedAt when it was
 * @param traceParent of the request that submitted the job
 */
public record Attempt(
    UUID jobId,
    String jobType,
    int generation,
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
