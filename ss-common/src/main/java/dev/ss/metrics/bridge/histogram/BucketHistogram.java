package dev.ss.metrics.bridge.histogram;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.Reservoir;
import com.codahale.metrics.Snapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import java.util.concurrent.atomic.LongAdder;

/**
 * A Codahale histogram whose values are counted in buckets and not sampled. {@link #getCount} is
 * exact; {@link #getSnapshot} is over all values since the start, and its quantiles are within 4.5
 * % of the true ones, which is half a native bucket.
 *
 * <p>A {@code Timer} keeps its values in the histogram it is given, on every path that leads to an
 * update; {@code Timer.update(long, TimeUnit)} sees only some of them. So this is where to count.
 */
public final class BucketHistogram extends Histogram {
  private final Buckets buckets;
  private final Cells positive;
  private final LongAdder zero = new LongAdder();
  private final LongAdder sum = new LongAdder();
  private final ExemplarSlots exemplars;

  /** Without any values. */
  public BucketHistogram(Buckets buckets) {
    super(NoReservoir.INSTANCE);
    this.buckets = buckets;
    this.positive = new Cells(buckets.cells());
    this.exemplars = new ExemplarSlots(buckets.upperBounds().length);
  }

  /** Counts a value; one below zero counts as zero, which no duration or size is below. */
  @Override
  public void update(long value) {
    if (value > 0) {
      positive.increment(buckets.cellOf(value));
      sum.add(value);
    } else {
      zero.increment();
    }
  }

  /** Keeps where a value came from that has been counted, in place of the last in its bucket. */
  public void exemplar(long value, String traceId, long unixMillis) {
    int classic = value > 0 ? buckets.classicOf(buckets.cellOf(value)) : 0;
    exemplars.put(classic, new ExemplarSlots.Exemplar(value, traceId, unixMillis));
  }

  @Override
  public long getCount() {
    long count = zero.sum();
    for (int cell = 0; cell < positive.size(); cell++) {
      count += positive.count(cell);
    }
    return count;
  }

  @Override
  public Snapshot getSnapshot() {
    return new BucketSnapshot(buckets, read());
  }

  /** All counts, read once; every number derived from the result agrees with the others. */
  public Reading read() {
    long[] counts = new long[positive.size()];
    for (int cell = 0; cell < counts.length; cell++) {
      counts[cell] = positive.count(cell);
    }
    return new Reading(buckets, zero.sum(), counts, sum.sum(), exemplars());
  }

  /** What {@link #read} has of the classic buckets and the sum, without making anything. */
  public void readInto(ClassicCounts counts) {
    counts.begin(buckets, zero.sum());
    for (int cell = 0; cell < positive.size(); cell++) {
      long count = positive.count(cell);
      if (count != 0) { // as of most cells
        counts.add(cell, count);
      }
    }
    counts.end(sum.sum());
  }

  /** The last exemplar of each classic bucket that has had one. */
  public Exemplars exemplars() {
    return exemplars.exported(buckets);
  }

  private enum NoReservoir implements Reservoir {
    INSTANCE;

    @Override
    public int size() {
      return 0;
    }

    @Override
    public void update(long value) {
      throw new UnsupportedOperationException("values are counted, not sampled");
    }

    @Override
    public Snapshot getSnapshot() {
      throw new UnsupportedOperationException("values are counted, not sampled");
    }
  }
}
