package dev.ss.metrics.bridge.rate;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Meter;
import java.util.concurrent.atomic.LongAdder;

/** A Codahale meter whose {@link #mark} adds to a count and does nothing else. */
public final class CountMeter extends Meter implements Rated {
  private final LongAdder count;
  private final CountRates rates;

  /** At zero. */
  public CountMeter() {
    this(new LongAdder(), Clock.defaultClock());
  }

  private CountMeter(LongAdder count, Clock clock) {
    this(count, new CountRates(count::sum, clock), clock);
  }

  private CountMeter(LongAdder count, CountRates rates, Clock clock) {
    super(rates, clock);
    this.count = count;
    this.rates = rates;
  }

  @Override
  public void mark() {
    count.increment();
  }

  @Override
  public void mark(long n) {
    count.add(n);
  }

  @Override
  public long getCount() {
    return count.sum();
  }

  @Override
  public void tick() {
    rates.tickIfNecessary();
  }
}
