package dev.ss.bridge.internal.exposition;

import io.prometheus.metrics.model.snapshots.Exemplar;

/** Writes the fields of a message of type {@code Exemplar}. */
final class ProtobufExemplar {
  private static final int VALUE = 2;
  private static final int TIMESTAMP = 3;

  private static final int TIMESTAMP_SECONDS = 1;
  private static final int TIMESTAMP_NANOS = 2;
  private static final long MILLIS_PER_SECOND = 1000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ProtobufFields fields;

  ProtobufExemplar(ProtobufFields fields) {
    this.fields = fields;
  }

  void write(Exemplar exemplar) {
    fields.append(EncodedLabels.protobufOf(exemplar.getLabels()));
    fields.number(VALUE, exemplar.getValue());
    if (exemplar.hasTimestamp()) {
      int timestamp = fields.begin(TIMESTAMP);
      timestamp(exemplar.getTimestampMillis());
      fields.end(timestamp);
    }
  }

  /** Unlike the other messages, this one is of protobuf 3, which does not write zero. */
  private void timestamp(long millis) {
    fields.integerUnlessZero(TIMESTAMP_SECONDS, millis / MILLIS_PER_SECOND);
    fields.integerUnlessZero(TIMESTAMP_NANOS, millis % MILLIS_PER_SECOND * NANOS_PER_MILLI);
  }
}
