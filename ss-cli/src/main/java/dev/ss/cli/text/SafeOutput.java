package dev.ss.cli.text;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes any bytes and passes on those that a terminal only shows: control characters, which it
 * would obey, become question marks. Line feeds and tabs stay.
 */
public final class SafeOutput extends FilterOutputStream {
  private static final int DELETE = 0x7F;

  /** The first byte of the UTF-8 of U+0080 to U+00BF; the first half of these are controls. */
  private static final int C1_LEAD = 0xC2;

  private int previous;

  public SafeOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteArrayOutputStream safe = new ByteArrayOutputStream(length);
    for (int i = offset; i < offset + length; i++) {
      int b = bytes[i] & 0xFF;
      safe.write(isControl(b) ? '?' : b);
      previous = b;
    }
    safe.writeTo(out);
  }

  private boolean isControl(int b) {
    boolean c0 = b < ' ' && b != '\n' && b != '\t';
    boolean c1 = previous == C1_LEAD && b >= 0x80 && b < 0xA0;
    return c0 || c1 || b == DELETE;
  }
}
