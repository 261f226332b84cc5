package dev.ss.bridge.internal.exposition;

/** Writes the fields of a message of type {@code google.protobuf.Timestamp}. */
final class ProtobufTimestamp {
  private static final int SECONDS = 1;
  private static final int NANOS = 2;
  private static final long MILLIS_PER_SECOND = 1000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private ProtobufTimestamp() {}

  static byte[] encoded(long millis) {
    ProtobufFields fields = new ProtobufFields();
    write(millis, fields);
    return fields.toBytes();
  }

  /** Unlike the other messages, this one uses proto3, which does not write zeros. */
  static void write(long millis, ProtobufFields fields) {
    fields.integerUnlessZero(SECONDS, millis / MILLIS_PER_SECOND);
    fields.integerUnlessZero(NANOS, millis % MILLIS_PER_SECOND * NANOS_PER_MILLI);
  }
}
