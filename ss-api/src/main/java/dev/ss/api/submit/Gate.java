package dev.ss.api.submit;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Where submissions go in, until a stopping process waits to be scraped for the last time: what it
 * took after that would be counted and seen by nobody.
 */
final class Gate {
  private static final int ALL = Integer.MAX_VALUE;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Semaphore inside = new Semaphore(ALL);
  private volatile boolean closed;

  /**
   * Lets one in, who has to leave.
   *
   * @throws ProblemException if it is closed
   */
  void enter() {
    inside.acquireUninterruptibly();
    if (closed) {
      inside.release();
      throw ProblemException.until(
          RETRY_AFTER,
          ProblemCode.UNAVAILABLE,
          "The server is stopping; try again elsewhere, with the same Idempotency-Key.");
    }
  }

  void leave() {
    inside.release();
  }

  /** Lets nobody in any more, and waits so long for those who are inside to leave. */
  void close(Duration limit) {
    closed = true;
    try {
      if (inside.tryAcquire(ALL, limit.toNanos(), TimeUnit.NANOSECONDS)) {
        inside.release(ALL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
