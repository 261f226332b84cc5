package dev.ss.drill.hostile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long requests of one kind took, and how many were not served. Thread-safe. */
final class Times {
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<Long> nanos = new ArrayList<>();
  private int failed;

  synchronized void add(long duration, boolean served) {
    nanos.add(duration);
    if (!served) {
      failed++;
    }
  }

  /** The time within which 99 of 100 requests were answered, in seconds. */
  synchronized double p99() {
    if (nanos.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1) / NANOS_PER_SECOND;
  }

  synchronized int failed() {
    return failed;
  }

  synchronized int count() {
    return nanos.size();
  }
}
