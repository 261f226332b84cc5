package dev.ss.bridge.internal.histogram;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBucket;

/** A histogram as Prometheus gets to see it. */
final class Points {
  private Points() {}

  static HistogramDataPointSnapshot of(BucketHistogram histogram) {
    return histogram.read().point(Labels.EMPTY, 0);
  }

  /** The values up to and including each classic bound, +Inf last. */
  static long[] cumulative(BucketHistogram histogram) {
    return cumulative(of(histogram));
  }

  static long[] cumulative(HistogramDataPointSnapshot point) {
    long sum = 0;
    long[] cumulative = new long[point.getClassicBuckets().size()];
    int i = 0;
    for (ClassicHistogramBucket bucket : point.getClassicBuckets()) {
      sum += bucket.getCount();
      cumulative[i++] = sum;
    }
    return cumulative;
  }

  static long nativeCount(BucketHistogram histogram) {
    return nativeCount(of(histogram));
  }

  static long nativeCount(HistogramDataPointSnapshot point) {
    long count = point.getNativeZeroCount();
    for (NativeHistogramBucket bucket : point.getNativeBucketsForPositiveValues()) {
      count += bucket.getCount();
    }
    return count;
  }
}
