package dev.ss.testkit.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A stream of random bytes that are never all in memory. The bytes are the same for the same seed,
 * however many of them are read at a time. Not thread-safe.
 */
public final class RandomBytes extends InputStream {
  private final SplittableRandom random;
  private final byte[] block = new byte[1 << 16];
  private long left;
  private int next = block.length;

  /**
   * @param size the number of bytes
   */
  public RandomBytes(long seed, long size) {
    this.random = new SplittableRandom(seed);
    this.left = size;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    if (next == block.length) {
      random.nextBytes(block);
      next = 0;
    }
    int count = (int) Math.min(Math.min(length, left), block.length - next);
    System.arraycopy(block, next, to, offset, count);
    next += count;
    left -= count;
    return count;
  }

  /** Reads both streams to their ends, and returns whether all bytes are the same. */
  public boolean equalsAllOf(InputStream other) throws IOException {
    byte[] others = new byte[block.length];
    byte[] own = new byte[block.length];
    int count;
    do {
      count = other.readNBytes(others, 0, others.length);
      if (readNBytes(own, 0, count) < count || !Arrays.equals(own, 0, count, others, 0, count)) {
        return false;
      }
    } while (count == others.length);
    return left == 0;
  }
}
