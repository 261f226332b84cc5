package dev.ss.bench.jobs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** When handlers were entered, in the order in which they were. */
final class Entries {
  private static final long PATIENCE_SECONDS = 120;

  private final AtomicLongArray times;
  private final AtomicInteger count = new AtomicInteger();
  private final CountDownLatch last = new CountDownLatch(1);

  /** Notes so many, and none beyond. */
  Entries(int expected) {
    this.times = new AtomicLongArray(expected);
  }

  void one() {
    int n = count.getAndIncrement();
    if (n < times.length()) {
      times.set(n, System.nanoTime());
      if (n == times.length() - 1) {
        last.countDown();
      }
    }
  }

  /** Waits for all that are expected. */
  void await() {
    if (!await(PATIENCE_SECONDS)) {
      throw new IllegalStateException(
          "%d of %d jobs have begun".formatted(count.get(), times.length()));
    }
  }

  /** Waits so long for all that are expected, and says whether that was enough. */
  boolean await(long seconds) {
    try {
      return last.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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

  /** How many have begun, those beyond what is expected included. */
  int begun() {
    return count.get();
  }

  /** The times of those that are expected and have begun, in order. */
  long[] micros() {
    return IntStream.range(0, Math.min(begun(), times.length()))
        .mapToLong(n -> times.get(n) / 1000)
        .sorted()
        .toArray();
  }
}
