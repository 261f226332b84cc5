package dev.ss.testkit.process;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits with a time limit. */
public final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Waiting() {}

  /**
   * Waits for a condition to become true.
   *
   * @param what the condition, for the exception's message
   * @throws IllegalStateException if it does not become true within the limit
   */
  public static void until(Supplier<String> what, Duration limit, BooleanSupplier condition) {
    if (!within(limit, condition)) {
      throw new IllegalStateException(
          "%s: not within %d s".formatted(what.get(), limit.toSeconds()));
    }
  }

  /**
   * Waits for a value and returns it.
   *
   * @param what the value, for the exception's message
   * @throws IllegalStateException if there is none within the limit
   */
  public static <T> T forValue(String what, Duration limit, Supplier<Optional<T>> value) {
    long deadline = System.nanoTime() + limit.toNanos();
    Optional<T> found = value.get();
    while (found.isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("%s: not within %d s".formatted(what, limit.toSeconds()));
      }
      pause(PAUSE);
      found = value.get();
    }
    return found.get();
  }

  /** Waits for a condition; returns whether it became true within the limit. */
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

  /** Waits for a thread that was told to end. */
  public static void forEndOf(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sleeps. */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
