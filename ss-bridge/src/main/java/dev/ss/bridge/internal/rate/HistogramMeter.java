package dev.ss.bridge.internal.rate;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Histogram;

/** The meter of a timer, for which its histogram does the counting. */
public final class HistogramMeter extends RatedMeter {
  /** Meters the updates of this histogram. */
  public HistogramMeter(Histogram histogram, Clock clock) {
    super(histogram::getCount, clock);
  }

  /** Nothing: what the timer marks it has counted in the histogram. */
  @Override
  public void mark() {}

  @Override
  public void mark(long n) {
    throw new UnsupportedOperationException("the histogram counts");
  }
}
