package dev.ss.bridge.internal.histogram;

import com.codahale.metrics.Snapshot;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Codahale's view of the cells, in the unit of recording. Each value is taken to be in the middle
 * of its native bucket, on a logarithmic scale: at most 2<sup>1/16</sup> - 1, or 4.5 %, from where
 * it was, and never beyond the least and the greatest value. Those and the mean are exact.
 */
final class BucketSnapshot extends Snapshot {
  private final long count;
  private final long min;
  private final long max;
  private final double mean;

  /** A value for each native bucket with any, rising, and how many values are at or below it. */
  private final double[] values;

  private final long[] cumulative;

  BucketSnapshot(BucketLayout buckets, Reading reading, long belowZero, long min, long max) {
    long[] cells = reading.cells();
    double[] middles = new double[cells.length];
    long[] counts = new long[cells.length];
    int size = 0;
    long seen = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      if (cells[cell] > 0) {
        seen += cells[cell];
        double middle = cell == BucketLayout.ZERO ? 0 : buckets.middle(buckets.nativeOf(cell));
        middles[size] = Math.max((double) min, Math.min((double) max, middle));
        counts[size++] = seen;
      }
    }
    this.count = seen;
    this.min = seen == 0 ? 0 : min;
    this.max = seen == 0 ? 0 : max;
    this.mean = seen == 0 ? 0 : (reading.sum() + belowZero) / seen;
    this.values = Arrays.copyOf(middles, size);
    this.cumulative = Arrays.copyOf(counts, size);
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

  /** One value for each bucket that has any; there are no single values to give. */
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
