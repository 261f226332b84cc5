package dev.ss.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt at a job, begun by a worker.
 *
 * @param generation the fencing token: it grows each time a worker claims the job, and only the
 *     worker that holds the current one may write. Unlike the attempt number it never repeats for a
 *     job.
 * @param number the attempt's number among those that count against {@code maxAttempts}
 * @param dueAt when the job was to run at the earliest, as its client submitted or last retried it
 * @param runnableAt when this attempt could have started at the earliest
 * @param startedAt when the attempt started
 * @param traceParent the W3C trace context of the request that submitted the job
 * @param parameters the values that the client gave to parameters of the job type
 * @param timeout the time limit that the client set; the job type's may be lower
 */
public record Attempt(
    UUID jobId,
    String jobType,
    int generation,
    int number,
    int maxAttempts,
    Instant dueAt,
    Instant runnableAt,
    Instant startedAt,
    Optional<TraceParent> traceParent,
    Map<String, String> parameters,
    Optional<Duration> timeout) {

  public Attempt {
    parameters = Map.copyOf(parameters);
  }

  /** An attempt at a job for which its client chose neither parameters nor a timeout. */
  public Attempt(
      UUID jobId,
      String jobType,
      int generation,
      int number,
      int maxAttempts,
      Instant dueAt,
      Instant runnableAt,
      Instant startedAt,
      Optional<TraceParent> traceParent) {
    this(
        jobId,
        jobType,
        generation,
        number,
        maxAttempts,
        dueAt,
        runnableAt,
        startedAt,
        traceParent,
        Map.of(),
        Optional.empty());
  }

  /** Whether the job has no attempts left after this one. */
  public boolean isLast() {
    return number >= maxAttempts;
  }

  /**
   * The time from when the job could have started until it did. Excludes a delay that the client
   * asked for, and backoff.
   */
  public Duration queueWait() {
    Duration wait = Duration.between(runnableAt, startedAt);
    return wait.isNegative() ? Duration.ZERO : wait;
  }
}
