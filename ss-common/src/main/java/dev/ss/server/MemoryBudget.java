package dev.ss.server;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The memory that requests or responses may take up while their clients send or read them. When it
 * is used up, those whose clients have stalled give way, the oldest first: a client that keeps up
 * is served whatever the others do. Thread-safe.
 */
public final class MemoryBudget {
  /** Whoever has waited for its client for that long gives way to others. */
  public static final Duration STALLED = Duration.ofMillis(500);

  private static final Duration RETRY_INTERVAL = Duration.ofMillis(50);

  private final long maxBytes;
  private final Map<Holder, Long> held = new LinkedHashMap<>();
  private long used;

  public MemoryBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A budget of this share of the heap. */
  public static MemoryBudget partOfHeap(int divisor) {
    return new MemoryBudget(Runtime.getRuntime().maxMemory() / divisor);
  }

  /** A request or response that holds bytes. */
  public interface Holder {
    /**
     * Gives up, if this has been waiting for its client for {@link #STALLED}. Must return at once;
     * whoever called holds the budget.
     *
     * @return whether it did; its bytes are then no longer counted
     */
    boolean giveUp();
  }

  /**
   * Counts further bytes of this holder. A holder that is alone gets them in any case.
   *
   * @return whether there is room
   */
  public synchronized boolean reserve(Holder holder, long bytes) {
    while (used + bytes > maxBytes && used > held.getOrDefault(holder, 0L)) {
      if (!anotherGivesUp(holder)) {
        return false;
      }
    }
    overdraw(holder, bytes);
    return true;
  }

  /**
   * Does the same, and waits for room. Within {@link #STALLED} there usually is some, because those
   * that keep up are done by then, and the others give way.
   *
   * @return whether there is room
   */
  public synchronized boolean reserve(Holder holder, long bytes, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!reserve(holder, bytes)) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      wait(RETRY_INTERVAL.toMillis());
    }
    return true;
  }

  /** Counts further bytes of this holder, whether there is room or not. */
  public synchronized void overdraw(Holder holder, long bytes) {
    held.merge(holder, bytes, Long::sum);
    used += bytes;
  }

  private boolean anotherGivesUp(Holder asking) {
    for (Iterator<Map.Entry<Holder, Long>> each = held.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<Holder, Long> other = each.next();
      if (other.getKey() != asking && other.getKey().giveUp()) {
        used -= other.getValue();
        each.remove();
        return true;
      }
    }
    return false;
  }

  /** Counts some of the holder's bytes no longer. */
  public synchronized void release(Holder holder, long bytes) {
    Long before = held.get(holder);
    if (before != null) {
      held.put(holder, before - bytes);
      used -= bytes;
      notifyAll();
    }
  }

  /** Counts the holder's bytes no longer. */
  public synchronized void release(Holder holder) {
    Long bytes = held.remove(holder);
    if (bytes != null) {
      used -= bytes;
      notifyAll();
    }
  }

  /** How many bytes are in use. */
  public synchronized long used() {
    return used;
  }
}
