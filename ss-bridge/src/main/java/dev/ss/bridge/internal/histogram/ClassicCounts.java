package dev.ss.bridge.internal.histogram;

import java.util.Arrays;

/**
 * The classic buckets of a histogram at one moment. One instance serves all histograms of a scrape
 * in turn; it is empty until {@link BucketHistogram#readInto}. Not thread-safe.
 */
public final class ClassicCounts {
  private BucketLayout buckets = BucketLayout.NONE;
  private long[] counts = new long[1];
  private final WideSum sum = new WideSum();

  void begin(BucketLayout ofHistogram) {
    buckets = ofHistogram;
    sum.clear();
    int size = buckets.upperBounds().length;
    if (counts.length == size) {
      Arrays.fill(counts, 0);
    } else {
      counts = new long[size];
    }
  }

  void add(int cell, long count) {
    counts[buckets.classicOf(cell)] += count;
  }

  void addSumOf(Cells cells) {
    cells.addSumTo(sum);
  }

  /** Returns the layout that was read: the same object for histograms that share their bounds. */
  public BucketLayout buckets() {
    return buckets;
  }

  /** Returns the number of buckets, including that of +Inf. */
  public int size() {
    return counts.length;
  }

  /** Returns the bucket's own count, which is not cumulative. */
  public long count(int bucket) {
    return counts[bucket];
  }

  /** Returns the number of values. */
  public long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /** The sum of all values, in the recorded unit. */
  double recordedSum() {
    return sum.value();
  }

  /** Returns the sum of all values, in the exported unit. */
  public double sum() {
    return buckets.exported(sum.value());
  }
}
