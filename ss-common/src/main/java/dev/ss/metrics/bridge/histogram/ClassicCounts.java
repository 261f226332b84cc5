package dev.ss.metrics.bridge.histogram;

import java.util.Arrays;

/**
 * The classic buckets of a histogram at one moment. One of these serves all histograms of a scrape,
 * one after the other; it is empty until {@link BucketHistogram#readInto}.
 */
public final class ClassicCounts {
  private Buckets buckets = Buckets.ofUnits();
  private long[] counts = new long[1];
  private double sum;

  void begin(Buckets ofHistogram) {
    buckets = ofHistogram;
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

  void end(long recordedSum) {
    sum = buckets.exported((double) recordedSum);
  }

  /** What was counted: the same object for histograms that share their bounds. */
  public Buckets buckets() {
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

  /** The sum of all values, in the unit of export. */
  public double sum() {
    return sum;
  }
}
