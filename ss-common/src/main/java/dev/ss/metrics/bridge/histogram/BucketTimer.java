package dev.ss.metrics.bridge.histogram;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Timer;

/** A Codahale timer that is a Prometheus histogram as well. */
public final class BucketTimer extends Timer {
  private final BucketHistogram histogram;
  private final Meter rates;

  /** Without any values; of durations in nanoseconds. */
  public BucketTimer(Buckets buckets) {
    this(new BucketHistogram(buckets), new Meter());
  }

  private BucketTimer(BucketHistogram histogram, Meter rates) {
    super(rates, histogram, Clock.defaultClock());
    this.histogram = histogram;
    this.rates = rates;
  }

  /** Records a duration and keeps the trace it came from as an exemplar. */
  public void update(long nanos, String traceId, long unixMillis) {
    if (nanos >= 0) {
      histogram.update(nanos, traceId, unixMillis);
      rates.mark();
    }
  }

  /** Where the durations are. */
  public BucketHistogram histogram() {
    return histogram;
  }
}
