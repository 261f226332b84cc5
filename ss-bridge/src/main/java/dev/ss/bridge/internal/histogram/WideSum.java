package dev.ss.bridge.internal.histogram;

/**
 * A sum that does not overflow. A long of nanoseconds holds only 292 years, which 2.5 million jobs
 * reach if each waits for an hour. Not thread-safe.
 */
final class WideSum {
  private static final double TWO_TO_64 = 0x1p64;

  private long high;
  private long low;

  void clear() {
    high = 0;
    low = 0;
  }

  /**
   * Adds a part.
   *
   * @param unsigned an unsigned number
   * @param carries how often the part has passed 2<sup>64</sup>
   */
  void add(long unsigned, long carries) {
    low += unsigned;
    if (Long.compareUnsigned(low, unsigned) < 0) {
      high++;
    }
    high += carries;
  }

  /** Returns the sum, which is exact below 2<sup>53</sup>. */
  double value() {
    return high * TWO_TO_64 + unsigned(low);
  }

  private static double unsigned(long number) {
    return number >= 0 ? number : 2.0 * ((number >>> 1) | (number & 1));
  }
}
