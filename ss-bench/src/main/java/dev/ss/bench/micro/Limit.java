package dev.ss.bench.micro;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** The minimum that an exact histogram does under contention: a cell and a sum. */
final class Limit {
  private static final long[] BOUNDS = Latency.nanos();

  private final LongAdder[] cells = new LongAdder[BOUNDS.length + 1];
  private final LongAdder sum = new LongAdder();

  Limit() {
    Arrays.setAll(cells, i -> new LongAdder());
  }

  void record(long nanos) {
    int i = 0;
    while (i < BOUNDS.length && nanos > BOUNDS[i]) {
      i++;
    }
    cells[i].increment();
    sum.add(nanos);
  }
}
