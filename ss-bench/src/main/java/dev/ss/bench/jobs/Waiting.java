package dev.ss.bench.jobs;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits without reacting to interrupts. */
final class Waiting {
  private static final long LOOK_NANOS = 200_000;

  private Waiting() {}

  static void millis(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /**
   * Waits until a condition is true.
   *
   * @param instead describes the actual state, for the exception's message
   * @throws IllegalStateException if the time is over before
   */
  static void until(BooleanSupplier condition, long nanos, Supplier<String> instead) {
    long deadline = System.nanoTime() + nanos;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("timed out: " + instead.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
