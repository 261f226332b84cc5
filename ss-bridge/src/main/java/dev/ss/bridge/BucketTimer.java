package dev.ss.bridge;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Timer;
import dev.ss.bridge.internal.histogram.BucketHistogram;
import dev.ss.bridge.internal.histogram.Sampler;
import dev.ss.bridge.internal.rate.HistogramMeter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Codahale timer that is a Prometheus histogram as well. */
public final class BucketTimer extends Timer {
  private static final Clock CLOCK = Clock.defaultClock();

  private final BucketHistogram histogram;
  private final HistogramMeter meter;

  /** Without any values; of durations in nanoseconds. */
  public BucketTimer(Buckets buckets) {
    this(buckets, Optional.empty());
  }

  /** Without any values. A sampler, where there is one, gives the snapshot. */
  BucketTimer(Buckets buckets, Optional<Sampler> sampler) {
    this(new BucketHistogram(buckets.layout(), sampler));
  }

  private BucketTimer(BucketHistogram histogram) {
    this(histogram, new HistogramMeter(histogram, CLOCK));
  }

  private BucketTimer(BucketHistogram histogram, HistogramMeter meter) {
    super(meter, histogram, CLOCK);
    this.histogram = histogram;
    this.meter = meter;
  }

  /**
   * Records a duration, and keeps the trace it came from, if any, as an exemplar. One below zero,
   * as between the clocks of two machines, counts as zero: something has happened all the same.
   */
  public void update(long nanos, Optional<String> traceId) {
    update(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
    if (traceId.isPresent()) {
      histogram.exemplar(nanos, traceId.get(), Optional.empty(), CLOCK.getTime());
    }
  }

  /** Records a duration, and keeps the span of a trace that it came from as an exemplar. */
  public void update(long nanos, String traceId, String spanId) {
    update(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
    histogram.exemplar(nanos, traceId, Optional.of(spanId), CLOCK.getTime());
  }

  /** Where the durations are. */
  BucketHistogram histogram() {
    return histogram;
  }

  /** How many durations there are, as a meter, which is not to be marked. */
  HistogramMeter meter() {
    return meter;
  }
}
