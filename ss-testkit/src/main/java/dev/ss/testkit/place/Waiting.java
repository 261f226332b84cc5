package dev.ss.testkit.place;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting with an end. */
public final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Waiting() {}

  /**
   * Waits for something to become true.
   *
   * @param what as it stands in the message
   * @throws IllegalStateException if it does not within the time
   */
  public static void until(Supplier<String> what, Duration limit, BooleanSupplier condition) {
    if (!within(limit, condition)) {
      throw new IllegalStateException(
          "%s: not within %d s".formatted(what.get(), limit.toSeconds()));
    }
  }

  /** Whether it becomes true within the time. */
  public static boolean within(Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      pause(PAUSE);
    }
    return true;
  }

  /** Waits for a thread that has been told to end. */
  public static void forEndOf(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets time pass: under load, or while something is broken. */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
