package dev.ss.metrics.bridge;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.LockFreeExponentiallyDecayingReservoir;
import java.util.concurrent.atomic.LongAdder;

/**
 * A Codahale histogram of nanoseconds that also counts its values in buckets.
 *
 * <p>A {@code Timer} keeps its values in the histogram it is given, on every path that leads to an
 * update; {@code Timer.update(long, TimeUnit)} sees only some of them. So this is where to count.
 */
final class BucketHistogram extends Histogram {
  private final Buckets buckets;
  private final LongAdder[] counts;
  private final LongAdder sum = new LongAdder();

  BucketHistogram(Buckets buckets) {
    super(LockFreeExponentiallyDecayingReservoir.builder().build());
    this.buckets = buckets;
    this.counts = new LongAdder[buckets.count()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  @Override
  public void update(long nanos) {
    super.update(nanos);
    counts[buckets.indexOf(nanos)].increment();
    sum.add(nanos);
  }

  Buckets buckets() {
    return buckets;
  }

  /** Values in each bucket by itself, the one up to +Inf last. Their sum is the count to export. */
  long[] bucketCounts() {
    long[] values = new long[counts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = counts[i].sum();
    }
    return values;
  }

  long sumNanos() {
    return sum.sum();
  }
}
