package dev.ss.bench.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** As many random bytes as are asked for: the same for the same seed, and never all in memory. */
final class RandomBytes extends InputStream {
  private final Random random;
  private long left;

  RandomBytes(long seed, long size) {
    this.random = new Random(seed);
    this.left = size;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    byte[] some = new byte[(int) Math.min(length, left)];
    random.nextBytes(some);
    System.arraycopy(some, 0, into, offset, some.length);
    left -= some.length;
    return some.length;
  }

  /** The SHA-256 of everything that is left in a stream. */
  static String sha256(InputStream stream) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
