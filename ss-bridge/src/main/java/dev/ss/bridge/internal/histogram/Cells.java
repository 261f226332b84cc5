package dev.ss.bridge.internal.histogram;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Counts and sums by cell. Threads that get in each other's way spread over stripes, of which there
 * is one until that happens, so that the many histograms nobody competes for stay small.
 */
final class Cells {
  private static final AtomicReferenceFieldUpdater<Cells, Stripe[]> STRIPES =
      AtomicReferenceFieldUpdater.newUpdater(Cells.class, Stripe[].class, "stripes");

  /** Twice the processors, so that two threads seldom have the same; a power of two. */
  private static final int MOST_STRIPES =
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

  /** Counts a value whose home was busy, and sees to it that there are more homes. */
  void addBeside(int cell, long value, Stripe[] current, int home) {
    if (current.length < MOST_STRIPES) {
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

  /** Gets the counts of a reading. */
  interface Counts {
    /** So many more in this cell; more than once for a cell that several stripes have. */
    void add(int cell, long count);
  }

  /** Tells of each cell that has a count. */
  void read(Counts counts) {
    for (Stripe stripe : stripes) {
      stripe.read(counts);
    }
  }

  /** How many values there are. */
  long count() {
    long count = 0;
    for (Stripe stripe : stripes) {
      count += stripe.count();
    }
    return count;
  }

  /** Adds up the values. */
  void addSumTo(WideSum sum) {
    for (Stripe stripe : stripes) {
      stripe.addSumTo(sum);
    }
  }
}
