package dev.ss.bridge.internal.histogram;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.Reservoir;
import com.codahale.metrics.Snapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A Codahale histogram that counts its values in buckets and does not sample them. {@link
 * #getCount} is exact. {@link #getSnapshot} covers all values since the start: its minimum, maximum
 * and mean are exact, and its quantiles within 4.5 % of the true ones, which is half a native
 * bucket. Thread-safe.
 *
 * <p>A {@code Timer} passes every duration to its histogram, on every path that leads to an update;
 * {@code Timer.update(long, TimeUnit)} sees only some of them. Therefore the histogram counts.
 */
public final class BucketHistogram extends Histogram {
  private static final VarHandle MIN = field("min", long.class);
  private static final VarHandle MAX = field("max", long.class);
  private static final VarHandle BELOW_ZERO = field("belowZero", LongAdder.class);

  private final BucketLayout buckets;
  private final Cells cells;
  private final ExemplarSlots exemplars;
  private final @Nullable Sampler sampler;

  /** Each update reads this without synchronization; a stale value costs one more comparison. */
  private long min = Long.MAX_VALUE;

  private long max = Long.MIN_VALUE;

  /** The sum of the values below zero; null as long as there are none. */
  private volatile @Nullable LongAdder belowZero;

  /** Makes an empty histogram whose snapshots cover all values. */
  public BucketHistogram(BucketLayout buckets) {
    this(buckets, Optional.empty());
  }

  /** Makes an empty histogram. A sampler, if given, provides the snapshot. */
  public BucketHistogram(BucketLayout buckets, Optional<Sampler> sampler) {
    super(NoReservoir.INSTANCE);
    this.sampler = sampler.orElse(null);
    this.buckets = buckets;
    this.cells = new Cells(buckets.cells());
    this.exemplars = new ExemplarSlots(buckets.upperBounds().length);
  }

  private static VarHandle field(String name, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(BucketHistogram.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Counts a value. A value below zero, which no duration or size has, counts as zero in the
   * buckets and their sum, because Prometheus takes a sum that falls for a restart. Snapshots
   * include it in the mean and as the minimum.
   */
  @Override
  public void update(long value) {
    if (value < min) {
      lower(value);
    }
    if (value > max) {
      raise(value);
    }
    if (value < 0) {
      belowZero().add(value);
    }
    cells.add(buckets.cellOf(value), Math.max(value, 0));
    if (sampler != null) {
      sampler.update(value);
    }
  }

  /** Whether no value has been counted; briefly also true after another thread's first one. */
  public boolean isEmpty() {
    return max == Long.MIN_VALUE;
  }

  private LongAdder belowZero() {
    LongAdder sum = belowZero;
    if (sum != null) {
      return sum;
    }
    LongAdder created = new LongAdder();
    LongAdder other = (LongAdder) BELOW_ZERO.compareAndExchange(this, null, created);
    return other == null ? created : other;
  }

  private void lower(long value) {
    long seen = min;
    while (value < seen) {
      long now = (long) MIN.compareAndExchange(this, seen, value);
      seen = now == seen ? value : now;
    }
  }

  private void raise(long value) {
    long seen = max;
    while (value > seen) {
      long now = (long) MAX.compareAndExchange(this, seen, value);
      seen = now == seen ? value : now;
    }
  }

  /** Keeps the trace of a value that has been counted, in place of its bucket's last exemplar. */
  public void exemplar(long value, String traceId, Optional<String> spanId, long unixMillis) {
    int classic = buckets.classicOf(buckets.cellOf(value));
    exemplars.put(classic, new ExemplarSlots.Exemplar(value, traceId, spanId, unixMillis));
  }

  @Override
  public long getCount() {
    return cells.count();
  }

  @Override
  public Snapshot getSnapshot() {
    if (sampler != null) {
      return sampler.snapshot();
    }
    ClassicCounts classic = new ClassicCounts();
    NativeCounts natives = new NativeCounts();
    readInto(classic, natives);
    VarHandle.acquireFence(); // each counted value had updated min and max before
    LongAdder negative = belowZero;
    return new BucketSnapshot(
        buckets,
        natives,
        classic.recordedSum(),
        negative == null ? 0 : negative.sum(),
        (long) MIN.getOpaque(this),
        (long) MAX.getOpaque(this));
  }

  /**
   * Reads the classic buckets once, so that buckets and total agree, and then the sum, which may
   * include values recorded meanwhile.
   */
  public void readInto(ClassicCounts counts) {
    counts.begin(buckets);
    cells.read(counts::add);
    counts.addSumOf(cells);
  }

  /**
   * Reads both kinds of buckets once, so that buckets and totals agree, and then the sum, which may
   * include values recorded meanwhile.
   */
  public void readInto(ClassicCounts classic, NativeCounts natives) {
    classic.begin(buckets);
    natives.begin(buckets);
    cells.read(
        (cell, count) -> {
          classic.add(cell, count);
          natives.add(cell, count);
        });
    classic.addSumOf(cells);
  }

  /** Returns how many recorded units make one exported unit. */
  public double recordedPerExported() {
    return buckets.recordedPerExported();
  }

  /** Returns the last exemplar of each classic bucket that has had one. */
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
