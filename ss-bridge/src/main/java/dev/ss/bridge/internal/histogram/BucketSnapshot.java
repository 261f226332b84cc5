package dev.ss.bridge.internal.histogram;

import com.codahale.metrics.Snapshot;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A Codahale snapshot of the cells, in the recorded unit. It places each value in the middle of its
 * native bucket, on a logarithmic scale: at most 2<sup>1/16</sup> - 1, or 4.5 %, from the true
 * value, and never outside the minimum and maximum. Minimum, maximum and mean are exact.
 */
final class BucketSnapshot extends Snapshot {
  private final long count;
  private final long min;
  private final long max;
  private final double mean;

  /** A value for each native bucket that has any, in ascending order, and the count up to it. */
  private final double[] values;

  private final long[] cumulative;

  BucketSnapshot(
      BucketLayout buckets, NativeCounts natives, double sum, long belowZero, long min, long max) {
    int maxBuckets = natives.first() < natives.end() ? 1 + natives.end() - natives.first() : 1;
    double[] middles = new double[maxBuckets];
    long[] counts = new long[maxBuckets];
    int size = 0;
    long seen = natives.zeros();
    if (seen > 0) {
      middles[size] = within(min, max, 0);
      counts[size++] = seen;
    }
    for (int index = natives.first(); index < natives.end(); index = natives.next(index + 1)) {
      seen += natives.count(index);
      middles[size] = within(min, max, buckets.middle(index));
      counts[size++] = seen;
    }
    this.count = seen;
    this.min = seen == 0 ? 0 : min;
    this.max = seen == 0 ? 0 : max;
    this.mean = seen == 0 ? 0 : (sum + belowZero) / seen;
    this.values = Arrays.copyOf(middles, size);
    this.cumulative = Arrays.copyOf(counts, size);
  }

  private static double within(long min, long max, double value) {
    return Math.max((double) min, Math.min((double) max, value));
  }

  @Override
  public double getValue(double quantile) {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new IllegalArgumentException(quantile + " is not in [0..1]");
    }
    long rank = Math.max(1, (long) Math.ceil(quantile * count));
    for (int i = 0; i < values.length; i++) {
      if (cumulative[i] >= rank) {
        return values[i];
      }
    }
    return 0;
  }

  /** Returns one value for each bucket that has any, because single values are not kept. */
  @Override
  public long[] getValues() {
    return Arrays.stream(values).mapToLong(Math::round).toArray();
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public long getMax() {
    return max;
  }

  @Override
  public double getMean() {
    return mean;
  }

  @Override
  public long getMin() {
    return min;
  }

  @Override
  public double getStdDev() {
    if (count < 2) {
      return 0;
    }
    double squares = 0;
    long before = 0;
    for (int i = 0; i < values.length; i++) {
      squares += (cumulative[i] - before) * (values[i] - mean) * (values[i] - mean);
      before = cumulative[i];
    }
    return Math.sqrt(squares / (count - 1));
  }

  @Override
  public void dump(OutputStream output) {
    PrintWriter out = new PrintWriter(output, false, StandardCharsets.UTF_8);
    Arrays.stream(getValues()).forEach(out::println);
    out.flush();
  }
}
