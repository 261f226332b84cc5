package dev.ss.testkit.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;

/**
 * A stream of random bytes that are never all in memory. The bytes are the same for the same seed,
 * however many of them are read at a time. Not thread-safe.
 */
public final class RandomBytes extends InputStream {
  private final Random random;
  private final byte[] block = new byte[1 << 16];
  private long left;
  private int next = block.length;

  /**
   * @param size the number of bytes
   */
  public RandomBytes(long seed, long size) {
    this.random = new Random(seed);
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
    byte[] some = other.readNBytes(block.length);
    while (some.length > 0) {
      if (!Arrays.equals(some, readNBytes(some.length))) {
        return false;
      }
      some = other.readNBytes(block.length);
    }
    return read() < 0;
  }
}
