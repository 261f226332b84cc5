package dev.ss.bridge.internal.histogram;

import java.util.Arrays;

/**
 * The native buckets of a histogram at one moment, by their index. One of these serves all
 * histograms of a scrape, one after the other; it is empty until {@link BucketHistogram#readInto}.
 */
public final class NativeCounts {
  /** So many empty buckets are cheaper in a span than the beginning of another. */
  private static final int LONGEST_GAP = 2;

  private BucketLayout buckets = BucketLayout.NONE;

  /** From the least index that these buckets can have; zero but from first to end. */
  private long[] counts = new long[0];

  private int least;
  private int first;
  private int end;
  private long zeros;

  void begin(BucketLayout ofHistogram) {
    if (first < end) {
      Arrays.fill(counts, first - least, end - least, 0);
    }
    buckets = ofHistogram;
    least = buckets.nativeOf(BucketLayout.ZERO + 1);
    int size = buckets.nativeOf(buckets.cells() - 1) - least + 1;
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
    counts[index - least] += count;
    first = Math.min(first, index);
    end = Math.max(end, index + 1);
  }

  /** How many values were zero. */
  public long zeros() {
    return zeros;
  }

  /** The first bucket with a value; not below the {@link #end} if there is none. */
  public int first() {
    return first;
  }

  /** Behind the last bucket with a value. */
  public int end() {
    return end;
  }

  /** How many values fell into the bucket, which is one from the first to the last. */
  public long count(int index) {
    return counts[index - least];
  }

  /** The next bucket with a value from here on; the {@link #end} if there is none. */
  public int next(int index) {
    int next = index;
    while (next < end && count(next) == 0) {
      next++;
    }
    return next;
  }

  /**
   * Behind the last bucket with a value before the next longer gap.
   *
   * @param start a bucket with a value
   */
  public int endOfSpan(int start) {
    int last = start;
    int next = next(start + 1);
    while (next < end && next - last - 1 <= LONGEST_GAP) {
      last = next;
      next = next(last + 1);
    }
    return last + 1;
  }
}
