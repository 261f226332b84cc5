package dev.ss.metrics.bridge.histogram;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Timer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Codahale timer that is a Prometheus histogram as well. */
public final class BucketTimer extends Timer {
  private static final Clock CLOCK = Clock.defaultClock();

  private final BucketHistogram histogram;

  /** Without any values; of durations in nanoseconds. */
  public BucketTimer(Buckets buckets) {
    this(new BucketHistogram(buckets));
  }

  private BucketTimer(BucketHistogram histogram) {
    super(new Meter(), histogram, CLOCK);
    this.histogram = histogram;
  }

  /** Records a duration, and keeps the trace it came from, if any, as an exemplar. */
  public void update(long nanos, Optional<String> traceId) {
    update(nanos, TimeUnit.NANOSECONDS);
    traceId.ifPresent(trace -> histogram.exemplar(nanos, trace, CLOCK.getTime()));
  }

  /** Where the durations are. */
  public BucketHistogram histogram() {
    return histogram;
  }
}
