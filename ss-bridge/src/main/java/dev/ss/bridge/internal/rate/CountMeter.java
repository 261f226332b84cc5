package dev.ss.bridge.internal.rate;

import com.codahale.metrics.Clock;
import java.util.concurrent.atomic.LongAdder;

/** A Codahale meter whose {@link #mark} only adds to a count. Thread-safe. */
public final class CountMeter extends RatedMeter {
  private final LongAdder count;

  public CountMeter() {
    this(new LongAdder());
  }

  private CountMeter(LongAdder count) {
    super(count::sum, Clock.defaultClock());
    this.count = count;
  }

  @Override
  public void mark() {
    count.increment();
  }

  @Override
  public void mark(long n) {
    count.add(n);
  }
}
