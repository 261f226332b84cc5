package dev.ss.bridge.internal.rate;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Histogram;

/** The meter of a timer; the timer's histogram does the counting. */
public final class HistogramMeter extends RatedMeter {
  public HistogramMeter(Histogram histogram, Clock clock) {
    super(histogram::getCount, clock);
  }

  /** Does nothing: the timer has counted the update in the histogram. */
  @Override
  public void mark() {}

  @Override
  public void mark(long n) {
    throw new UnsupportedOperationException("the histogram counts");
  }
}
