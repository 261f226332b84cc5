package dev.ss.bridge.internal.histogram;

/** Layouts as the defaults for timers and for histograms have them. */
final class Layouts {
  static final BucketLayout LATENCY =
      new BucketLayout(1e9, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10);

  static final BucketLayout SIZES =
      new BucketLayout(
          1, 1, 5, 10, 25, 50, 100, 250, 500, 1e3, 2.5e3, 5e3, 1e4, 2.5e4, 5e4, 1e5, 1e6);

  private Layouts() {}
}
