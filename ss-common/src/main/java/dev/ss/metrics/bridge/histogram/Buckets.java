package dev.ss.metrics.bridge.histogram;

import java.util.Arrays;

/**
 * How a histogram divides its values. The classic buckets have the given upper bounds; beside them
 * there are always Prometheus's native ones. Cut at the bounds of both, the values fall into cells,
 * each of which lies in exactly one classic and one native bucket.
 *
 * <p>Values are recorded as whole numbers of a small unit, such as nanoseconds, and exported in a
 * larger one, such as seconds.
 */
public final class Buckets {
  private static final double NANOS_PER_SECOND = 1e9;

  /** For requests and other short things, from 5 ms to 10 s. */
  public static final Buckets LATENCY = ofSeconds(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10);

  /** For sizes and counts, from 1 to a million. */
  public static final Buckets SIZES =
      ofUnits(1, 5, 10, 25, 50, 100, 250, 500, 1e3, 2.5e3, 5e3, 1e4, 2.5e4, 5e4, 1e5, 1e6);

  private final double recordedPerExported;
  private final double[] upperBounds;
  private final long[] recordedBounds;
  private final int firstNative;
  private final int[] classicBefore;
  private final int[] nativeOfCell;
  private final int[] classicOfCell;

  private Buckets(double recordedPerExported, double[] bounds) {
    this.recordedPerExported = recordedPerExported;
    this.upperBounds = Arrays.copyOf(bounds, bounds.length + 1);
    upperBounds[bounds.length] = Double.POSITIVE_INFINITY;
    this.recordedBounds = new long[bounds.length];
    for (int i = 0; i < bounds.length; i++) {
      if (!(bounds[i] > (i == 0 ? 0 : bounds[i - 1])) || Double.isInfinite(bounds[i])) {
        throw new IllegalArgumentException(
            "bucket bounds must be positive and finite and increase: " + Arrays.toString(bounds));
      }
      recordedBounds[i] = recordedBound(bounds[i]);
    }
    this.firstNative = NativeBuckets.indexOf(1 / recordedPerExported);
    int natives = NativeBuckets.indexOf(Long.MAX_VALUE / recordedPerExported) - firstNative + 1;
    this.classicBefore = classicBefore(natives);
    this.nativeOfCell = new int[natives + bounds.length];
    this.classicOfCell = new int[natives + bounds.length];
    describeCells(natives);
  }

  /** Buckets for durations, recorded in nanoseconds and exported in seconds. */
  public static Buckets ofSeconds(double... upperBounds) {
    return new Buckets(NANOS_PER_SECOND, upperBounds);
  }

  /** Buckets for whole numbers without a unit. */
  public static Buckets ofUnits(double... upperBounds) {
    return new Buckets(1, upperBounds);
  }

  /** The last whole number in the bucket, to which a bound such as 0.3 s comes only near. */
  private long recordedBound(double bound) {
    long nearest = Math.round(bound * recordedPerExported);
    return exported((double) nearest) > bound ? nearest - 1 : nearest;
  }

  /** For each native bucket, how many classic bounds are below all of its values. */
  private int[] classicBefore(int natives) {
    int[] before = new int[natives];
    int classic = 0;
    for (int i = 0; i < natives; i++) {
      while (classic < recordedBounds.length && nativeOffset(recordedBounds[classic]) < i) {
        classic++;
      }
      before[i] = classic;
    }
    return before;
  }

  private void describeCells(int natives) {
    int classics = recordedBounds.length;
    for (int i = 0; i < natives; i++) {
      int last = i + 1 < natives ? classicBefore[i + 1] : classics;
      for (int classic = classicBefore[i]; classic <= last; classic++) {
        nativeOfCell[i + classic] = firstNative + i;
        classicOfCell[i + classic] = classic;
      }
    }
  }

  private int nativeOffset(long recorded) {
    return NativeBuckets.indexOf(recorded / recordedPerExported) - firstNative;
  }

  int cells() {
    return nativeOfCell.length;
  }

  /**
   * The cell of a positive number. Going up, each new cell is in a new native bucket or in a new
   * classic one, and so the two indexes together number the cells.
   */
  int cellOf(long recorded) {
    int offset = nativeOffset(recorded);
    int classic = classicBefore[offset];
    while (classic < recordedBounds.length && recorded > recordedBounds[classic]) {
      classic++;
    }
    return offset + classic;
  }

  int nativeOf(int cell) {
    return nativeOfCell[cell];
  }

  int classicOf(int cell) {
    return classicOfCell[cell];
  }

  /** The classic bounds as exported, with +Inf; not to be changed. */
  public double[] upperBounds() {
    return upperBounds;
  }

  /** A recorded number in the unit it is exported in. */
  double exported(double recorded) {
    return recorded / recordedPerExported;
  }

  /** The middle, on a logarithmic scale, of a native bucket, in the unit of recording. */
  double middle(int nativeIndex) {
    return Math.sqrt(
            NativeBuckets.upperBound(nativeIndex - 1) * NativeBuckets.upperBound(nativeIndex))
        * recordedPerExported;
  }
}
