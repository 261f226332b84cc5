package dev.ss.api.submit;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The submissions that are being handled. A stopping process closes it before its last scrape,
 * because that scrape would not show what is stored later.
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

  /** Ends what {@link #enter} has begun. */
  void leave() {
    permits.release();
  }

  /** Refuses further submissions, and waits at most this long for those in flight. */
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
