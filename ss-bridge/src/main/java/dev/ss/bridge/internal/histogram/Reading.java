package dev.ss.bridge.internal.histogram;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;

/** What a histogram held at one moment. */
public final class Reading {
  private final BucketLayout buckets;
  private final long[] cells;
  private final double sum;
  private final Exemplars exemplars;

  Reading(BucketLayout buckets, long[] cells, double sum, Exemplars exemplars) {
    this.buckets = buckets;
    this.cells = cells;
    this.sum = sum;
    this.exemplars = exemplars;
  }

  /**
   * As a histogram with classic and native buckets.
   *
   * @param createdMillis when it began, in Unix time; 0 if that is not known
   */
  public HistogramDataPointSnapshot point(Labels labels, long createdMillis) {
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(classic())
        .nativeSchema(NativeBuckets.SCHEMA)
        .nativeZeroCount(cells[BucketLayout.ZERO])
        .nativeZeroThreshold(NativeBuckets.ZERO_THRESHOLD)
        .nativeBucketsForPositiveValues(natives())
        .sum(buckets.exported(sum))
        .exemplars(exemplars)
        .createdTimestampMillis(createdMillis)
        .build();
  }

  private ClassicHistogramBuckets classic() {
    long[] counts = new long[buckets.upperBounds().length];
    for (int cell = 0; cell < cells.length; cell++) {
      counts[buckets.classicOf(cell)] += cells[cell];
    }
    return ClassicHistogramBuckets.of(buckets.upperBounds(), counts);
  }

  private NativeHistogramBuckets natives() {
    NativeHistogramBuckets.Builder natives = NativeHistogramBuckets.builder();
    for (int cell = BucketLayout.ZERO + 1; cell < cells.length; ) {
      int index = buckets.nativeOf(cell);
      long count = 0;
      for (; cell < cells.length && buckets.nativeOf(cell) == index; cell++) {
        count += cells[cell];
      }
      if (count > 0) {
        natives.bucket(index, count);
      }
    }
    return natives.build();
  }

  long[] cells() {
    return cells;
  }

  double sum() {
    return sum;
  }
}
