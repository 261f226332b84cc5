package dev.ss.bridge.internal.exposition;

import io.prometheus.metrics.model.snapshots.Exemplar;

/** Writes the fields of a message of type {@code Exemplar}. */
final class ProtobufExemplar {
  private static final int VALUE = 2;
  private static final int TIMESTAMP = 3;

  private final ProtobufFields fields;

  ProtobufExemplar(ProtobufFields fields) {
    this.fields = fields;
  }

  void write(Exemplar exemplar) {
    fields.append(EncodedSeries.protobufOf(exemplar.getLabels()));
    fields.number(VALUE, exemplar.getValue());
    if (exemplar.hasTimestamp()) {
      int timestamp = fields.begin(TIMESTAMP);
      ProtobufTimestamp.write(exemplar.getTimestampMillis(), fields);
      fields.end(timestamp);
    }
  }
}
