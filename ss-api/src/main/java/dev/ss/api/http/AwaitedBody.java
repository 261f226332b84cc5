package dev.ss.api.http;

import dev.ss.server.MemoryBudget;
import java.time.Duration;
import org.eclipse.jetty.server.Request;

/** Waits for more of a request's body, without a thread. */
final class AwaitedBody {
  /** A body may be slower than the minimum until it is this old. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final int MIN_BYTES_PER_SECOND = 1024;

  private final Request request;
  private final Runnable more;
  private final Runnable refuse;
  private boolean waiting;
  private long waitingSince;

  /**
   * @param more goes on when there is more, on a thread of the server
   * @param refuse refuses the body if the client has stalled and others need its memory
   */
  AwaitedBody(Request request, Runnable more, Runnable refuse) {
    this.request = request;
    this.more = more;
    this.refuse = refuse;
  }

  /** Whether the client sends more slowly than the minimum. */
  boolean isTooSlow(long size) {
    Duration age = Duration.ofNanos(System.nanoTime() - request.getHeadersNanoTime());
    return age.compareTo(GRACE) > 0 && size < age.toSeconds() * MIN_BYTES_PER_SECOND;
  }

  synchronized void await() {
    waiting = true;
    waitingSince = System.nanoTime();
    request.demand(this::hasCome);
  }

  private synchronized void hasCome() {
    if (waiting) {
      waiting = false;
      request.getComponents().getExecutor().execute(more);
    }
  }

  /** Refuses the body if its client has stalled, so that others get its memory. */
  synchronized boolean giveUp() {
    if (!waiting || System.nanoTime() - waitingSince < MemoryBudget.STALLED.toNanos()) {
      return false;
    }
    waiting = false;
    request.getComponents().getExecutor().execute(refuse);
    return true;
  }
}
