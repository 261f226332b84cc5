package dev.ss.bridge.internal.rate;

import com.codahale.metrics.Clock;
import com.codahale.metrics.MovingAverages;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The one-, five- and fifteen-minute rates of a count. They are updated by reading the count every
 * few seconds, not at each update. If it is read every five seconds, they equal Codahale's {@code
 * ExponentialMovingAverages}: {@code rate = latest + (rate - latest) * e^(-elapsed / period)},
 * where {@code latest} is the rate since the last reading. The first reading sets all rates to
 * {@code latest}. Thread-safe.
 */
final class CountRates implements MovingAverages {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double NANOS_PER_MINUTE = TimeUnit.MINUTES.toNanos(1);

  /** So that a caller that asks between two ticks does not add another reading without need. */
  private static final long MIN_NANOS = RateTicker.INTERVAL.toNanos() / 2;

  private final LongSupplier count;
  private final Clock clock;
  private boolean begun;
  private double m1;
  private double m5;
  private double m15;
  private long lookedAt;
  private long countThen;

  CountRates(LongSupplier count, Clock clock) {
    this.count = count;
    this.clock = clock;
    this.lookedAt = clock.getTick();
  }

  @Override
  public synchronized void tickIfNecessary() {
    long now = clock.getTick();
    long elapsed = now - lookedAt;
    if (elapsed >= MIN_NANOS) {
      long countNow = count.getAsLong();
      double latest = (countNow - countThen) / (elapsed / NANOS_PER_SECOND);
      m1 = next(m1, latest, elapsed, 1);
      m5 = next(m5, latest, elapsed, 5);
      m15 = next(m15, latest, elapsed, 15);
      begun = true;
      countThen = countNow;
      lookedAt = now;
    }
  }

  private double next(double rate, double latest, long elapsed, int minutes) {
    return begun
        ? latest + (rate - latest) * Math.exp(-elapsed / (minutes * NANOS_PER_MINUTE))
        : latest;
  }

  /** Does nothing: the count is read instead. */
  @Override
  public void update(long n) {}

  @Override
  public synchronized double getM1Rate() {
    return m1;
  }

  @Override
  public synchronized double getM5Rate() {
    return m5;
  }

  @Override
  public synchronized double getM15Rate() {
    return m15;
  }
}
