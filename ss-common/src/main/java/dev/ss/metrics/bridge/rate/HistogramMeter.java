package dev.ss.metrics.bridge.rate;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;

/** The meter of a timer, for which its histogram does the counting. */
public final class HistogramMeter extends Meter implements Rated {
  private final Histogram histogram;
  private final CountRates rates;

  /** Meters the updates of this histogram. */
  public HistogramMeter(Histogram histogram, Clock clock) {
    this(histogram, new CountRates(histogram::getCount, clock), clock);
  }

  private HistogramMeter(Histogram histogram, CountRates rates, Clock clock) {
    super(rates, clock);
    this.histogram = histogram;
    this.rates = rates;
  }

  /** Nothing: what the timer marks it has counted in the histogram. */
  @Override
  public void mark() {}

  @Override
  public void mark(long n) {
    throw new UnsupportedOperationException("the histogram counts");
  }

  @Override
  public long getCount() {
    return histogram.getCount();
  }

  @Override
  public void tick() {
    rates.tickIfNecessary();
  }
}
