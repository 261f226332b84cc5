package dev.ss.bench;

import java.util.Random;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Latencies as services have them: log-normal around 20 ms, the same in every run. */
@State(Scope.Thread)
public class Durations {
  private static final int SIZE = 1 << 12;
  private static final double MEDIAN_NANOS = 20e6;

  private final long[] nanos = new long[SIZE];
  private int next;

  /** Draws them. */
  public Durations() {
    Random random = new Random(42);
    for (int i = 0; i < SIZE; i++) {
      nanos[i] = Math.round(MEDIAN_NANOS * Math.exp(random.nextGaussian()));
    }
  }

  long next() {
    next = (next + 1) & (SIZE - 1);
    return nanos[next];
  }
}
