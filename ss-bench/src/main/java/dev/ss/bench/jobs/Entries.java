package dev.ss.bench.jobs;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** When handlers were entered, in the order in which they were. */
final class Entries {
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final AtomicLongArray times;
  private final AtomicInteger count = new AtomicInteger();

  /** Notes so many, and none beyond. */
  Entries(int expected) {
    this.times = new AtomicLongArray(expected);
  }

  void one() {
    int n = count.getAndIncrement();
    if (n < times.length()) {
      times.set(n, System.nanoTime());
    }
  }

  /** Waits for all that are expected. */
  void await() {
    Waiting.until(
        () -> times.get(times.length() - 1) != 0,
        PATIENCE_NANOS,
        () -> "%d of %d jobs have begun".formatted(count.get(), times.length()));
  }

  /** How many are expected. */
  int expected() {
    return times.length();
  }

  /** Per second, from the n-th of them (from 0) to the last that is expected. */
  double rateAfter(int n) {
    int last = times.length() - 1;
    return (last - n) * 1e9 / (times.get(last) - times.get(n));
  }
}
