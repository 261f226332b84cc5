package dev.ss.bridge.internal.histogram;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Counts and sums by cell. Threads that collide spread over stripes. There is one stripe until the
 * first collision, so that histograms without contention stay small. Thread-safe.
 */
final class Cells {
  private static final AtomicReferenceFieldUpdater<Cells, Stripe[]> STRIPES =
      AtomicReferenceFieldUpdater.newUpdater(Cells.class, Stripe[].class, "stripes");

  /**
   * A power of two, between two and four times the processors and at most 16, so that two threads
   * seldom share a stripe.
   */
  private static final int MAX_STRIPES =
      Math.min(16, Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 4 - 1));

  private final int size;
  volatile Stripe[] stripes;

  Cells(int size) {
    this.size = size;
    this.stripes = new Stripe[] {new Stripe(size)};
  }

  /** Counts a value in its cell. */
  void add(int cell, long value) {
    Stripe[] current = stripes;
    int home = (int) Thread.currentThread().getId() & (current.length - 1);
    if (!current[home].tryAdd(cell, value)) {
      addBeside(cell, value, current, home);
    }
  }

  /** Counts a value whose home stripe was busy, and doubles the number of stripes. */
  void addBeside(int cell, long value, Stripe[] current, int home) {
    if (current.length < MAX_STRIPES) {
      STRIPES.compareAndSet(this, current, doubled(current));
    }
    Stripe[] now = stripes;
    now[(home + 1) & (now.length - 1)].add(cell, value);
  }

  private Stripe[] doubled(Stripe[] current) {
    Stripe[] doubled = Arrays.copyOf(current, current.length * 2);
    for (int i = current.length; i < doubled.length; i++) {
      doubled[i] = new Stripe(size);
    }
    return doubled;
  }

  /** Receives the counts of a reading. */
  interface Counts {
    /** Adds to a cell's count; called once for each stripe that has counted in the cell. */
    void add(int cell, long count);
  }

  /** Passes the count of each cell that has one. */
  void read(Counts counts) {
    for (Stripe stripe : stripes) {
      stripe.read(counts);
    }
  }

  /** Returns the number of values. */
  long count() {
    long count = 0;
    for (Stripe stripe : stripes) {
      count += stripe.count();
    }
    return count;
  }

  /** Adds the values to a sum. */
  void addSumTo(WideSum sum) {
    for (Stripe stripe : stripes) {
      stripe.addSumTo(sum);
    }
  }
}
