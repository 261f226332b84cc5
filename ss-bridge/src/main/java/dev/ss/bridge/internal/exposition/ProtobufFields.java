package dev.ss.bridge.internal.exposition;

import java.util.Arrays;

/** Writes protobuf fields, as described under "Encoding" in the Protocol Buffers documentation. */
final class ProtobufFields {
  private static final int TYPE_BITS = 3;
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int WITH_LENGTH = 2;

  private static final int FEW_BYTES = 128;

  private final ExpositionBuffer page;

  /** Writes to a small buffer of its own. */
  ProtobufFields() {
    this(new ExpositionBuffer(FEW_BYTES));
  }

  ProtobufFields(ExpositionBuffer page) {
    this.page = page;
  }

  /** A field of type {@code uint64}, {@code uint32}, {@code int64} or an enumeration. */
  void integer(int field, long value) {
    tag(field, VARINT);
    page.varint(value);
  }

  void integerUnlessZero(int field, long value) {
    if (value != 0) {
      integer(field, value);
    }
  }

  /** A field of type {@code sint64} or {@code sint32}. */
  void signed(int field, long value) {
    integer(field, (value << 1) ^ (value >> (Long.SIZE - 1)));
  }

  /** A field of type {@code double}. */
  void number(int field, double value) {
    tag(field, FIXED_64);
    page.fixed64(Double.doubleToRawLongBits(value));
  }

  /** A field of type {@code string}, in UTF-8. */
  void bytes(int field, byte[] value) {
    tag(field, WITH_LENGTH);
    page.varint(value.length);
    page.write(value);
  }

  /** Appends fields that are already encoded. */
  void append(byte[] encoded) {
    page.write(encoded);
  }

  /** Begins a field that is a message. Returns the argument for {@link #end}. */
  int begin(int field) {
    tag(field, WITH_LENGTH);
    return page.beginWithLength();
  }

  void end(int begun) {
    page.endWithLength(begun);
  }

  private void tag(int field, int type) {
    page.varint((long) field << TYPE_BITS | type);
  }

  /** Returns everything in the buffer. */
  byte[] toBytes() {
    return Arrays.copyOf(page.bytes(), page.size());
  }
}
