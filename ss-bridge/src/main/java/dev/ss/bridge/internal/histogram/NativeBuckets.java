package dev.ss.bridge.internal.histogram;

/**
 * Prometheus's standard exponential buckets of schema 3, eight to each power of two: bucket {@code
 * i} holds the values above 2<sup>(i-1)/8</sup> up to and including 2<sup>i/8</sup>. See "Native
 * Histograms" in Prometheus's documentation.
 */
public final class NativeBuckets {
  /** The number of this schema in Prometheus. */
  public static final int SCHEMA = 3;

  /**
   * Positive, and below every positive value that can be recorded. Only by this threshold does
   * Prometheus recognize a histogram without values as a native one.
   */
  public static final double ZERO_THRESHOLD = 0x1p-128;

  private static final int PER_OCTAVE = 1 << SCHEMA;
  private static final long MANTISSA = 0x000f_ffff_ffff_ffffL;
  private static final long EXPONENT_OF_ONE = 0x3ff0_0000_0000_0000L;
  private static final int EXPONENT_BIAS = 1023;
  private static final int MANTISSA_BITS = 52;

  /** 2<sup>0/8</sup> to 2<sup>7/8</sup>. */
  private static final double[] FRACTIONS = fractions();

  private NativeBuckets() {}

  private static double[] fractions() {
    double[] fractions = new double[PER_OCTAVE];
    for (int i = 0; i < PER_OCTAVE; i++) {
      fractions[i] = Math.pow(2, (double) i / PER_OCTAVE);
    }
    return fractions;
  }

  /** Returns the bucket of a positive, finite, normal number. */
  static int indexOf(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int octave = (int) (bits >>> MANTISSA_BITS) - EXPONENT_BIAS;
    double fraction = Double.longBitsToDouble((bits & MANTISSA) | EXPONENT_OF_ONE);
    int i = 0;
    while (i < PER_OCTAVE && fraction > FRACTIONS[i]) {
      i++;
    }
    return octave * PER_OCTAVE + i;
  }

  /** Returns the largest value in the bucket. */
  static double upperBound(int index) {
    return Math.pow(2, (double) index / PER_OCTAVE);
  }
}
