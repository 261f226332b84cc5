package dev.ss.bridge.internal.exposition;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;

/** A reusable buffer of bytes that grows as needed. Not thread-safe. */
public final class ExpositionBuffer extends OutputStream {
  private static final int USUAL_BYTES = 1 << 16;
  private static final int MAX_NUMBER_LENGTH = 20;

  /** From this number on, {@link Double#toString} uses an exponent. */
  private static final long FIRST_WITH_EXPONENT = 10_000_000;

  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int VARINT_BITS = 7;
  private static final int VARINT_MORE = 1 << VARINT_BITS;
  private static final int MAX_VARINT_LENGTH = 10;

  private byte[] bytes;
  private int size;

  /** Makes an empty buffer with room for a usual scrape. */
  public ExpositionBuffer() {
    this(USUAL_BYTES);
  }

  ExpositionBuffer(int bytes) {
    this.bytes = new byte[bytes];
  }

  /** Returns the number of bytes written. */
  public int size() {
    return size;
  }

  /**
   * The underlying array, whose first {@link #size} bytes are valid; a write may replace the array.
   */
  byte[] bytes() {
    return bytes;
  }

  /** Keeps the first bytes and removes the others. */
  void cutTo(int length) {
    size = length;
  }

  /** Removes all bytes. */
  public void clear() {
    size = 0;
  }

  /** Writes all bytes to a stream. */
  public void sendTo(OutputStream output) throws IOException {
    output.write(bytes, 0, size);
  }

  @Override
  public void write(int b) {
    reserve(1);
    bytes[size++] = (byte) b;
  }

  @Override
  public void write(byte[] from) {
    write(from, 0, from.length);
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    reserve(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  /** Appends a copy of bytes that are in the buffer. */
  void repeat(int offset, int length) {
    reserve(length);
    System.arraycopy(bytes, offset, bytes, size, length);
    size += length;
  }

  /** Appends output of the deflater, as much as there is room for. */
  void deflate(Deflater deflater) {
    reserve(1);
    size += deflater.deflate(bytes, size, bytes.length - size);
  }

  /** Appends a whole number. */
  void number(long value) {
    if (value < 0) {
      ascii(Long.toString(value));
      return;
    }
    reserve(MAX_NUMBER_LENGTH);
    size += digits(value);
    long rest = value;
    int end = size;
    do {
      bytes[--end] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** Appends a number as the Java client writes it: as Java does, except for infinity. */
  void number(double value) {
    long whole = (long) value;
    if (whole == value && whole < FIRST_WITH_EXPONENT && (whole > 0 || isPlainZero(value))) {
      number(whole);
      ascii(".0");
    } else if (Double.isInfinite(value)) {
      ascii(value > 0 ? "+Inf" : "-Inf");
    } else {
      ascii(Double.toString(value));
    }
  }

  private static boolean isPlainZero(double value) {
    return Double.doubleToRawLongBits(value) == 0;
  }

  void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  /** Appends a protobuf varint: seven bits to a byte, the lowest first. */
  void varint(long value) {
    reserve(MAX_VARINT_LENGTH);
    long rest = value;
    while ((rest & -VARINT_MORE) != 0) {
      bytes[size++] = (byte) (rest | VARINT_MORE);
      rest >>>= VARINT_BITS;
    }
    bytes[size++] = (byte) rest;
  }

  /** Appends eight bytes, the lowest first. */
  void fixed64(long value) {
    reserve(Long.BYTES);
    LITTLE_ENDIAN.set(bytes, size, value);
    size += Long.BYTES;
  }

  /**
   * Begins content that will be prefixed by its length. Returns the argument for {@link
   * #endWithLength}.
   */
  int beginWithLength() {
    write(0);
    return size;
  }

  /** Inserts the length, as a varint, before the content. */
  void endWithLength(int start) {
    int length = size - start;
    int more = (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(length | 1)) / VARINT_BITS;
    if (more > 0) {
      reserve(more);
      System.arraycopy(bytes, start, bytes, start + more, length);
    }
    size = start - 1;
    varint(length);
    size += length;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), 2 * bytes.length));
    }
  }
}
