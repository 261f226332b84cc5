package dev.ss.bench.jobs;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting that nobody interrupts. */
final class Waiting {
  private static final long LOOK_NANOS = 200_000;

  private Waiting() {}

  static void millis(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /**
   * Waits until it is so.
   *
   * @throws IllegalStateException with what there is instead, after that time
   */
  static void until(BooleanSupplier condition, long nanos, Supplier<String> instead) {
    long deadline = System.nanoTime() + nanos;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("waited in vain: " + instead.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
