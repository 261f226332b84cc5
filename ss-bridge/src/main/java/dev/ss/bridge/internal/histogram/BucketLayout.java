package dev.ss.bridge.internal.histogram;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Divides the values of a histogram into cells. The classic buckets have the given upper bounds;
 * beside them there are always Prometheus's native buckets. The bounds of both kinds cut the values
 * into cells, so that each cell lies in exactly one classic and one native bucket. Immutable.
 *
 * <p>Values are recorded as whole numbers of a small unit, such as nanoseconds, and exported in a
 * larger one, such as seconds.
 */
public final class BucketLayout {
  /** The layout of counts that have not been read yet. */
  static final BucketLayout NONE = new BucketLayout(1);

  /** The cell for zero. */
  static final int ZERO = 0;

  /** Values that have the same highest bit and the same bits after it, this many, share a slot. */
  private static final int SLOT_BITS = 4;

  private final double recordedPerExported;
  private final double[] upperBounds;

  /** The largest number in each cell, in ascending order. The first cell is for zero. */
  private final long[] lastOfCell;

  private final int[] nativeOfCell;
  private final int[] classicOfCell;
  private final short[] firstCellOfSlot;

  /**
   * Makes a layout for these bounds.
   *
   * @param recordedPerExported how many recorded units make one exported unit
   * @param bounds the upper bounds of the classic buckets, in the exported unit
   * @throws IllegalArgumentException if the bounds are not positive, finite and rising
   */
  public BucketLayout(double recordedPerExported, double... bounds) {
    this.recordedPerExported = recordedPerExported;
    this.upperBounds = Arrays.copyOf(bounds, bounds.length + 1);
    upperBounds[bounds.length] = Double.POSITIVE_INFINITY;
    for (int i = 0; i < bounds.length; i++) {
      if (!(bounds[i] > (i == 0 ? 0 : bounds[i - 1])) || Double.isInfinite(bounds[i])) {
        throw new IllegalArgumentException(
            "bucket bounds must be positive and finite and increase: " + Arrays.toString(bounds));
      }
    }
    long[] classic = Arrays.stream(bounds).mapToLong(this::lastUpTo).toArray();
    this.lastOfCell =
        LongStream.concat(
                LongStream.concat(LongStream.of(0), LongStream.of(classic)), nativeBounds())
            .sorted()
            .distinct()
            .toArray();
    this.nativeOfCell = Arrays.stream(lastOfCell).mapToInt(this::nativeOfRecorded).toArray();
    this.classicOfCell = Arrays.stream(lastOfCell).mapToInt(last -> rank(classic, last)).toArray();
    this.firstCellOfSlot = firstCellOfSlot();
  }

  private LongStream nativeBounds() {
    return IntStream.rangeClosed(nativeOfRecorded(1), nativeOfRecorded(Long.MAX_VALUE))
        .mapToLong(index -> lastUpTo(NativeBuckets.upperBound(index)));
  }

  private int nativeOfRecorded(long recorded) {
    return recorded == 0 ? Integer.MIN_VALUE : NativeBuckets.indexOf(exported((double) recorded));
  }

  /**
   * Returns the last whole number at or below a bound. A double only approximates a bound such as
   * 0.3 s.
   */
  private long lastUpTo(double bound) {
    long last = (long) (bound * recordedPerExported);
    while (exported((double) last) > bound) {
      last--;
    }
    while (last < Long.MAX_VALUE && exported((double) (last + 1)) <= bound) {
      last++;
    }
    return last;
  }

  private short[] firstCellOfSlot() {
    short[] first = new short[(Long.SIZE - 1) << SLOT_BITS];
    for (int slot = 0; slot < first.length; slot++) {
      long leading = (1L << SLOT_BITS) + (slot & ((1 << SLOT_BITS) - 1));
      int shift = (slot >> SLOT_BITS) - SLOT_BITS;
      first[slot] = (short) rank(lastOfCell, shift >= 0 ? leading << shift : leading >> -shift);
    }
    return first;
  }

  /** Returns how many of the ascending bounds are below a number. */
  private static int rank(long[] bounds, long number) {
    int found = Arrays.binarySearch(bounds, number);
    int rank = found >= 0 ? found : -found - 1;
    while (rank > 0 && bounds[rank - 1] == number) { // bounds may share a whole number
      rank--;
    }
    return rank;
  }

  int cells() {
    return lastOfCell.length;
  }

  /** Returns the cell of a number; a number below zero counts as zero. */
  int cellOf(long recorded) {
    if (recorded <= 0) {
      return ZERO;
    }
    int zeros = Long.numberOfLeadingZeros(recorded);
    int leading = (int) ((recorded << zeros) >>> (Long.SIZE - 1 - SLOT_BITS));
    int cell = firstCellOfSlot[((Long.SIZE - 2 - zeros) << SLOT_BITS) + leading];
    // A slot is narrower than a native bucket, so there is seldom more than one step.
    while (recorded > lastOfCell[cell]) {
      cell++;
    }
    return cell;
  }

  /** Returns the index of the native bucket of any cell but that for zero, which has none. */
  int nativeOf(int cell) {
    return nativeOfCell[cell];
  }

  int classicOf(int cell) {
    return classicOfCell[cell];
  }

  /** Returns how many recorded units make one exported unit. */
  public double recordedPerExported() {
    return recordedPerExported;
  }

  /**
   * Returns the classic bounds in the exported unit, with +Inf. Callers must not change the array.
   */
  public double[] upperBounds() {
    return upperBounds;
  }

  /** Converts a recorded number to the exported unit. */
  double exported(double recorded) {
    return recorded / recordedPerExported;
  }

  /** Returns the middle of a native bucket on a logarithmic scale, in the recorded unit. */
  double middle(int nativeIndex) {
    return Math.sqrt(
            NativeBuckets.upperBound(nativeIndex - 1) * NativeBuckets.upperBound(nativeIndex))
        * recordedPerExported;
  }
}
