package dev.ss.bench.micro;

import java.util.Random;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Latencies as services have them: log-normal around 4 ms, one in a thousand above 88 ms. They are
 * the same in every run, and too many for the processor to learn which bucket comes next.
 */
@State(Scope.Thread)
public class Durations {
  private static final int SIZE = 1 << 16;
  private static final double MEDIAN_NANOS = 4e6;

  private final long[] nanos = new long[SIZE];
  private int next;

  public Durations() {
    Random random = new Random(42);
    for (int i = 0; i < SIZE; i++) {
      nanos[i] = Math.round(MEDIAN_NANOS * Math.exp(random.nextGaussian()));
    }
  }

  /** Starts threads far apart, so that they do not record the same value at the same moment. */
  @Setup
  public void spread(ThreadParams thread) {
    skip(SIZE / thread.getThreadCount() * thread.getThreadIndex());
  }

  void skip(int values) {
    next += values;
  }

  long next() {
    return nanos[next++ & (SIZE - 1)];
  }
}
