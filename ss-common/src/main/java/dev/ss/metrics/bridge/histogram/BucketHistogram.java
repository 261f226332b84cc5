package dev.ss.metrics.bridge.histogram;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.Reservoir;
import com.codahale.metrics.Snapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;

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
  private final Cells cells;
  private final ExemplarSlots exemplars;

  /** Without any values. */
  public BucketHistogram(Buckets buckets) {
    super(NoReservoir.INSTANCE);
    this.buckets = buckets;
    this.cells = new Cells(buckets.cells());
    this.exemplars = new ExemplarSlots(buckets.upperBounds().length);
  }

  /** Counts a value; one below zero counts as zero, which no duration or size is below. */
  @Override
  public void update(long value) {
    cells.add(buckets.cellOf(value), Math.max(value, 0));
  }

  /** Keeps where a value came from that has been counted, in place of the last in its bucket. */
  public void exemplar(long value, String traceId, long unixMillis) {
    int classic = buckets.classicOf(buckets.cellOf(value));
    exemplars.put(classic, new ExemplarSlots.Exemplar(value, traceId, unixMillis));
  }

  @Override
  public long getCount() {
    return cells.count();
  }

  @Override
  public Snapshot getSnapshot() {
    return new BucketSnapshot(buckets, read());
  }

  /** All counts, read once; every number derived from the result agrees with the others. */
  public Reading read() {
    long[] counts = new long[buckets.cells()];
    cells.read((cell, count) -> counts[cell] += count);
    return new Reading(buckets, counts, cells.sum(), exemplars());
  }

  /** What {@link #read} has of the classic buckets and the sum, without making anything. */
  public void readInto(ClassicCounts counts) {
    counts.begin(buckets);
    cells.read(counts::add);
    counts.end(cells.sum());
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
