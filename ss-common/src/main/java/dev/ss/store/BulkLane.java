package dev.ss.store;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets the chunks of large inputs and outputs use the database one at a time, with a rest after
 * each, so that they do not delay small submissions. The busier the database or the machine is, the
 * longer a chunk takes, and the longer is the rest. Thread-safe.
 */
final class BulkLane {
  /** The rest after a chunk, as a part of the time that the chunk took. */
  private static final int REST_DIVISOR = 4;

  /** Limits the rest after a chunk that took long because it waited for a lock. */
  private static final Duration MAX_REST = Duration.ofMillis(100);

  /** After this time a chunk passes beside one that hangs: the lane is for fairness only. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final Semaphore admission;
  private final Duration maxWait;
  private final LongSupplier nanoTime;
  private final LongConsumer restNanos;

  /** One chunk at a time for every two processors. */
  BulkLane() {
    this(
        Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
        MAX_WAIT,
        System::nanoTime,
        LockSupport::parkNanos);
  }

  BulkLane(int width, Duration maxWait, LongSupplier nanoTime, LongConsumer restNanos) {
    this.admission = new Semaphore(width, true);
    this.maxWait = maxWait;
    this.nanoTime = nanoTime;
    this.restNanos = restNanos;
  }

  /** Does the work on one chunk. An interrupt ends the wait and the rest, not the work. */
  <T> T pass(Supplier<T> work) {
    boolean admitted = await();
    try {
      long begun = nanoTime.getAsLong();
      T result = work.get();
      long took = nanoTime.getAsLong() - begun;
      restNanos.accept(Math.min(took / REST_DIVISOR, MAX_REST.toNanos()));
      return result;
    } finally {
      if (admitted) {
        admission.release();
      }
    }
  }

  private boolean await() {
    try {
      return admission.tryAcquire(maxWait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
