package dev.ss.bridge.internal.histogram;

import java.util.Arrays;

/**
 * The native buckets of a histogram at one moment, by their index. One instance serves all
 * histograms of a scrape in turn; it is empty until {@link BucketHistogram#readInto}. Not
 * thread-safe.
 */
public final class NativeCounts {
  /** A gap of up to this many empty buckets costs less within a span than a new span. */
  private static final int MAX_GAP = 2;

  private BucketLayout buckets = BucketLayout.NONE;

  /** Begins at the smallest index of this layout. Only counts from first to end are not zero. */
  private long[] counts = new long[0];

  private int minIndex;
  private int first;
  private int end;
  private long zeros;

  void begin(BucketLayout ofHistogram) {
    if (first < end) {
      Arrays.fill(counts, first - minIndex, end - minIndex, 0);
    }
    buckets = ofHistogram;
    minIndex = buckets.nativeOf(BucketLayout.ZERO + 1);
    int size = buckets.nativeOf(buckets.cells() - 1) - minIndex + 1;
    if (counts.length < size) {
      counts = new long[size];
    }
    first = Integer.MAX_VALUE;
    end = Integer.MIN_VALUE;
    zeros = 0;
  }

  void add(int cell, long count) {
    if (cell == BucketLayout.ZERO) {
      zeros += count;
      return;
    }
    int index = buckets.nativeOf(cell);
    counts[index - minIndex] += count;
    first = Math.min(first, index);
    end = Math.max(end, index + 1);
  }

  /** Returns how many values were zero. */
  public long zeros() {
    return zeros;
  }

  /** Returns the first bucket with a value; not below {@link #end} if there is none. */
  public int first() {
    return first;
  }

  /** Returns the index after the last bucket with a value. */
  public int end() {
    return end;
  }

  /** Returns the count of a bucket from the first to the last. */
  public long count(int index) {
    return counts[index - minIndex];
  }

  /** Returns the next bucket with a value, from this index on; {@link #end} if there is none. */
  public int next(int index) {
    int next = index;
    while (next < end && count(next) == 0) {
      next++;
    }
    return next;
  }

  /**
   * Returns the end of a span: the index after its last bucket with a value.
   *
   * @param start a bucket with a value
   */
  public int endOfSpan(int start) {
    int last = start;
    int next = next(start + 1);
    while (next < end && next - last - 1 <= MAX_GAP) {
      last = next;
      next = next(last + 1);
    }
    return last + 1;
  }
}
