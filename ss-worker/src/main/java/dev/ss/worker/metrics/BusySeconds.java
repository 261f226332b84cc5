package dev.ss.worker.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts the slot-seconds in use. A running job counts up to the present moment, so that the rate
 * is right during a job of hours, not only after its end.
 */
public final class BusySeconds {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private int running;
  private long busyNanos;
  private final LongSupplier nanoTime;
  private long countedUpTo;

  public BusySeconds(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.countedUpTo = nanoTime.getAsLong();
  }

  /** A slot is in use from now on. */
  public synchronized void begin() {
    advance();
    running++;
  }

  /** A slot is free again. */
  public synchronized void end() {
    advance();
    running--;
  }

  /** The seconds so far, summed over all slots. Never decreases. */
  public synchronized double seconds() {
    advance();
    return busyNanos / NANOS_PER_SECOND;
  }

  private void advance() {
    long now = nanoTime.getAsLong();
    busyNanos += running * (now - countedUpTo);
    countedUpTo = now;
  }
}
