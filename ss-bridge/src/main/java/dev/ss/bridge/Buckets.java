package dev.ss.bridge;

import dev.ss.bridge.internal.histogram.BucketLayout;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The upper bounds of a histogram's classic buckets. Beside them, the bridge always counts
 * Prometheus's native buckets, eight to each power of two. Immutable; one object may serve many
 * families.
 */
public final class Buckets {
  private static final double NANOS_PER_SECOND = 1e9;

  /** For requests and other short operations, from 5 ms to 10 s. */
  public static final Buckets LATENCY = ofSeconds(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10);

  /** For sizes and counts, from 1 to a million. */
  public static final Buckets SIZES =
      ofUnits(1, 5, 10, 25, 50, 100, 250, 500, 1e3, 2.5e3, 5e3, 1e4, 2.5e4, 5e4, 1e5, 1e6);

  private final BucketLayout layout;

  /** The same bounds by the unit of recording: histograms with the same buckets share a layout. */
  private final Map<Double, Buckets> byUnit = new ConcurrentHashMap<>();

  private Buckets(double recordedPerExported, double... upperBounds) {
    this.layout = new BucketLayout(recordedPerExported, upperBounds);
  }

  /**
   * Makes buckets for durations, which are recorded in nanoseconds and exported in seconds.
   *
   * @param upperBounds in seconds, positive, finite and rising; {@code +Inf} is added
   * @throws IllegalArgumentException if they are not
   */
  public static Buckets ofSeconds(double... upperBounds) {
    return new Buckets(NANOS_PER_SECOND, upperBounds);
  }

  /**
   * Makes buckets for whole numbers, which are exported as recorded.
   *
   * @param upperBounds positive, finite and rising; {@code +Inf} is added
   * @throws IllegalArgumentException if they are not
   */
  public static Buckets ofUnits(double... upperBounds) {
    return new Buckets(1, upperBounds);
  }

  /** Returns the same bounds, in seconds, for values recorded in nanoseconds. */
  Buckets ofNanos() {
    return recordedIn(NANOS_PER_SECOND);
  }

  /**
   * Returns the same bounds for values recorded in another unit.
   *
   * @param recordedPerExported how many recorded units make one exported unit
   */
  Buckets recordedIn(double recordedPerExported) {
    return layout.recordedPerExported() == recordedPerExported
        ? this
        : byUnit.computeIfAbsent(recordedPerExported, this::madeFor);
  }

  private Buckets madeFor(double recordedPerExported) {
    double[] bounds = layout.upperBounds();
    return new Buckets(recordedPerExported, Arrays.copyOf(bounds, bounds.length - 1)); // no +Inf
  }

  BucketLayout layout() {
    return layout;
  }
}
