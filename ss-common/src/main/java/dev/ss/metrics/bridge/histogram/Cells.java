package dev.ss.metrics.bridge.histogram;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by cell. A cell takes memory once a value has fallen into it, and is striped by {@link
 * LongAdder} once threads compete for it, so that the many histograms nobody uses stay small.
 */
final class Cells {
  private final AtomicReferenceArray<LongAdder> cells;

  Cells(int size) {
    cells = new AtomicReferenceArray<>(size);
  }

  void increment(int cell) {
    LongAdder count = cells.get(cell);
    (count == null ? create(cell) : count).increment();
  }

  private LongAdder create(int cell) {
    LongAdder created = new LongAdder();
    LongAdder other = cells.compareAndExchange(cell, null, created);
    return other == null ? created : other;
  }

  long count(int cell) {
    LongAdder count = cells.get(cell);
    return count == null ? 0 : count.sum();
  }

  int size() {
    return cells.length();
  }
}
