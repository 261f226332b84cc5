package dev.ss.bench.jobs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** The times at which handlers were called, in order. */
final class Entries {
  private static final long PATIENCE_SECONDS = 120;

  private final AtomicLongArray times;
  private final AtomicInteger count = new AtomicInteger();
  private final CountDownLatch last = new CountDownLatch(1);

  /** Records this many calls, and only counts those beyond. */
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

  /** Waits for all expected calls. */
  void await() {
    if (!await(PATIENCE_SECONDS)) {
      throw new IllegalStateException(
          "%d of %d jobs have begun".formatted(count.get(), times.length()));
    }
  }

  /** Waits at most so many seconds for all expected calls; returns whether all came. */
  boolean await(long seconds) {
    try {
      return last.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns how many calls are expected. */
  int expected() {
    return times.length();
  }

  /** Returns the calls per second, from the n-th (from 0) to the last expected one. */
  double rateAfter(int n) {
    int last = times.length() - 1;
    return (last - n) * 1e9 / (times.get(last) - times.get(n));
  }

  /** Returns how many calls there were, including those beyond the expected ones. */
  int begun() {
    return count.get();
  }

  /** Returns the times of the expected calls so far, in microseconds and in ascending order. */
  long[] micros() {
    return IntStream.range(0, Math.min(begun(), times.length()))
        .mapToLong(n -> times.get(n) / 1000)
        .sorted()
        .toArray();
  }
}
