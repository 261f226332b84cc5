package dev.ss.bridge.internal.exposition;

import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses pages with gzip (RFC 1952). Reusable, unlike Java's own stream. Not thread-safe. */
public final class Gzip {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, -1};

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final CRC32 sum = new CRC32();

  /** Compresses a page and appends it to another. */
  public void pack(ExpositionBuffer from, ExpositionBuffer to) {
    to.write(HEADER);
    deflater.reset();
    deflater.setInput(from.bytes(), 0, from.size());
    deflater.finish();
    while (!deflater.finished()) {
      to.deflate(deflater);
    }
    sum.reset();
    sum.update(from.bytes(), 0, from.size());
    littleEndian((int) sum.getValue(), to);
    littleEndian(from.size(), to);
  }

  private static void littleEndian(int value, ExpositionBuffer to) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      to.write(value >>> shift);
    }
  }
}
