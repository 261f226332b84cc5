package dev.ss.testkit.unit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A monotonic clock that stands still until a test moves it. It starts below zero, as a JVM's may.
 */
public final class SettableNanos implements LongSupplier {
  private final AtomicLong now = new AtomicLong(-Duration.ofDays(1).toNanos());

  /** Moves the clock on. */
  public void advance(Duration by) {
    now.addAndGet(by.toNanos());
  }

  @Override
  public long getAsLong() {
    return now.get();
  }
}
