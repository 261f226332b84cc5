package dev.ss.bridge.internal.histogram;

import java.util.Arrays;

/**
 * The classic buckets of a histogram at one moment. One of these serves all histograms of a scrape,
 * one after the other; it is empty until {@link BucketHistogram#readInto}.
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

  /** What was counted: the same object for histograms that share their bounds. */
  public BucketLayout buckets() {
    return buckets;
  }

  /** How many buckets there are, with that of +Inf. */
  public int size() {
    return counts.length;
  }

  /** How many values fell into the bucket and not into one below it. */
  public long count(int bucket) {
    return counts[bucket];
  }

  /** How many values there are. */
  public long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /** The sum of all values, in the unit of recording. */
  double recordedSum() {
    return sum.value();
  }

  /** The sum of all values, in the unit of export. */
  public double sum() {
    return buckets.exported(sum.value());
  }
}
