package dev.ss.metrics.bridge;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Timer;

/** A Codahale timer that is a Prometheus histogram as well. */
final class BucketTimer extends Timer {
  private final BucketHistogram histogram;

  BucketTimer(Buckets buckets) {
    this(new BucketHistogram(buckets));
  }

  private BucketTimer(BucketHistogram histogram) {
    super(new Meter(), histogram, Clock.defaultClock());
    this.histogram = histogram;
  }

  BucketHistogram histogram() {
    return histogram;
  }
}
