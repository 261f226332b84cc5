package dev.ss.bench.micro;

import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.Arrays;

/** The eleven classic buckets that every peer gets, in the unit that it needs. */
final class Latency {
  private static final double[] SECONDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

  /** As in {@link dev.ss.bridge.Buckets}; the client's default is 5. */
  static final int NATIVE_SCHEMA = 3;

  private Latency() {}

  static double[] seconds() {
    return SECONDS.clone();
  }

  static long[] nanos() {
    return Arrays.stream(durations()).mapToLong(Duration::toNanos).toArray();
  }

  static Duration[] durations() {
    return Arrays.stream(SECONDS)
        .mapToObj(seconds -> Duration.ofNanos(Math.round(seconds * 1e9)))
        .toArray(Duration[]::new);
  }

  /** The Java client's histogram with these buckets, and with the same native ones as ours. */
  static Histogram.Builder client(String name, boolean classicOnly) {
    Histogram.Builder histogram =
        Histogram.builder().name(name).help("Latency.").classicUpperBounds(SECONDS);
    return classicOnly ? histogram.classicOnly() : histogram.nativeInitialSchema(NATIVE_SCHEMA);
  }
}
