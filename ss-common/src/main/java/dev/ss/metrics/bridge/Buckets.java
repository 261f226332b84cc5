package dev.ss.metrics.bridge;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** The upper bounds of a histogram's buckets, in seconds, without the last one, +Inf. */
public final class Buckets {
  /** For requests and other short things, from 5 ms to 10 s. */
  public static final Buckets LATENCY =
      Buckets.ofSeconds(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10);

  private final double[] seconds;
  private final long[] nanos;

  private Buckets(double[] seconds) {
    this.seconds = seconds;
    this.nanos = new long[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      nanos[i] = Math.round(seconds[i] * TimeUnit.SECONDS.toNanos(1));
      if (nanos[i] <= (i == 0 ? 0 : nanos[i - 1])) {
        throw new IllegalArgumentException(
            "bucket bounds must be positive and increase: " + Arrays.toString(seconds));
      }
    }
  }

  /** Buckets with these upper bounds, each included in its bucket. */
  public static Buckets ofSeconds(double... upperBounds) {
    return new Buckets(upperBounds.clone());
  }

  /** The bounds, and +Inf. */
  double[] upperBoundsWithInfinity() {
    double[] bounds = Arrays.copyOf(seconds, seconds.length + 1);
    bounds[seconds.length] = Double.POSITIVE_INFINITY;
    return bounds;
  }

  /** How many buckets there are, with the one up to +Inf. */
  int count() {
    return nanos.length + 1;
  }

  /** The bucket a duration falls into. Bounds are few and most values small: a scan is fastest. */
  int indexOf(long durationNanos) {
    int i = 0;
    while (i < nanos.length && durationNanos > nanos[i]) {
      i++;
    }
    return i;
  }
}
