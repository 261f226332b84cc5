package dev.ss.api.submit;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The submissions in progress. A stopping process closes this before its last scrape, so that the
 * scrape shows all submissions.
 */
final class InFlightSubmissions {
  private static final int ALL = Integer.MAX_VALUE;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Semaphore permits = new Semaphore(ALL);
  private volatile boolean closed;

  /** Does the work of one submission; {@link #close} waits for it. */
  <T> T during(Supplier<T> work) {
    permits.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      permits.release();
    }
  }

  /**
   * Checks, inside {@link #during}, that the submission is not too late.
   *
   * @throws ProblemException if the process is stopping
   */
  void requireOpen() {
    if (closed) {
      throw ProblemException.until(
          RETRY_AFTER,
          ProblemCode.UNAVAILABLE,
          "The server is stopping; try again elsewhere, with the same Idempotency-Key.");
    }
  }

  /** Refuses further submissions and waits up to {@code limit} for those in flight. */
  void close(Duration limit) {
    closed = true;
    try {
      if (permits.tryAcquire(ALL, limit.toNanos(), TimeUnit.NANOSECONDS)) {
        permits.release(ALL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
