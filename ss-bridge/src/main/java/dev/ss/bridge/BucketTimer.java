package dev.ss.bridge;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Timer;
import dev.ss.bridge.internal.histogram.BucketHistogram;
import dev.ss.bridge.internal.histogram.Sampler;
import dev.ss.bridge.internal.rate.HistogramMeter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Codahale timer that is also a Prometheus histogram. Thread-safe. */
public final class BucketTimer extends Timer {
  private static final Clock CLOCK = Clock.defaultClock();

  private final BucketHistogram histogram;
  private final HistogramMeter meter;

  /** Makes an empty timer, which records durations in nanoseconds. */
  public BucketTimer(Buckets buckets) {
    this(buckets, Optional.empty());
  }

  /** Makes an empty timer. A sampler, if given, provides the snapshot. */
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
   * Records a duration in nanoseconds, and keeps the trace it came from, if any, as an exemplar. A
   * negative duration, for example between the clocks of two machines, counts as zero, because the
   * event has happened all the same.
   */
  public void update(long nanos, Optional<String> traceId) {
    long counted = Math.max(nanos, 0);
    update(counted, TimeUnit.NANOSECONDS);
    if (traceId.isPresent()) {
      histogram.exemplar(counted, traceId.get(), Optional.empty(), CLOCK.getTime());
    }
  }

  /**
   * Records a duration in nanoseconds, and keeps the trace and span it came from as an exemplar. A
   * negative duration counts as zero.
   */
  public void update(long nanos, String traceId, String spanId) {
    long counted = Math.max(nanos, 0);
    update(counted, TimeUnit.NANOSECONDS);
    histogram.exemplar(counted, traceId, Optional.of(spanId), CLOCK.getTime());
  }

  /** The histogram of the durations. */
  BucketHistogram histogram() {
    return histogram;
  }

  /** The number of durations as a meter, which must not be marked. */
  HistogramMeter meter() {
    return meter;
  }
}
