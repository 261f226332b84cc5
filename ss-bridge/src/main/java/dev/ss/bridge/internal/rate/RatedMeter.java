package dev.ss.bridge.internal.rate;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Meter;
import java.util.function.LongSupplier;

/** A Codahale meter of a count that is kept elsewhere. */
abstract sealed class RatedMeter extends Meter implements Rated permits CountMeter, HistogramMeter {
  private final LongSupplier count;
  private final CountRates rates;

  RatedMeter(LongSupplier count, Clock clock) {
    this(count, new CountRates(count, clock), clock);
  }

  private RatedMeter(LongSupplier count, CountRates rates, Clock clock) {
    super(rates, clock);
    this.count = count;
    this.rates = rates;
  }

  @Override
  public final long getCount() {
    return count.getAsLong();
  }

  @Override
  public final void tick() {
    rates.tickIfNecessary();
  }
}
