package dev.ss.bridge.internal.histogram;

import dev.ss.bridge.internal.exposition.EncodedFamily;
import dev.ss.bridge.internal.exposition.EncodedSeries;
import dev.ss.bridge.internal.exposition.FamilyType;
import dev.ss.bridge.internal.exposition.SnapshotWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBucket;

/** A histogram as Prometheus gets to see it. */
final class Points {
  private static final EncodedFamily FAMILY =
      new EncodedFamily("family", "family", FamilyType.HISTOGRAM, "", "Help.");
  private static final EncodedSeries SERIES = new EncodedSeries(Labels.EMPTY, 0);

  private Points() {}

  static HistogramDataPointSnapshot of(BucketHistogram histogram) {
    SnapshotWriter writer = new SnapshotWriter();
    writer.family(FAMILY);
    writer.histogram(SERIES, histogram);
    writer.end();
    return ((HistogramSnapshot) writer.snapshots().get(0)).getDataPoints().get(0);
  }

  /** The sum of all values, in the unit of recording. */
  static double recordedSum(BucketHistogram histogram) {
    ClassicCounts counts = new ClassicCounts();
    histogram.readInto(counts);
    return counts.recordedSum();
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
