package dev.ss.api.submit;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The submissions in progress. A stopping process closes this before its last scrape, so that the
 * scrape shows all submissions.
 */
final class InFlightSubmissions {
  private static final int ALL = Integer.MAX_VALUE;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Semaphore permits = new Semaphore(ALL);
  private volatile boolean closed;

  /**
   * Registers an in-flight submission; pair with {@link #leave}.
   *
   * @throws ProblemException if the process is stopping
   */
  void enter() {
    permits.acquireUninterruptibly();
    if (closed) {
      permits.release();
      throw ProblemException.until(
          RETRY_AFTER,
          ProblemCode.UNAVAILABLE,
          "The server is stopping; try again elsewhere, with the same Idempotency-Key.");
    }
  }

  /** Unregisters a submission that {@link #enter} has registered. */
  void leave() {
    permits.release();
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
