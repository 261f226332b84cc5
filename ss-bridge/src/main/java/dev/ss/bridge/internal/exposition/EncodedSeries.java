package dev.ss.bridge.internal.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.model.snapshots.Labels;

/** A series' labels, which may be none, and its creation time, encoded once for each format. */
public final class EncodedSeries {
  /** The field number is the same in {@code Metric} and in {@code Exemplar}. */
  private static final int LABEL = 1;

  private static final int NAME = 1;
  private static final int VALUE = 2;

  private final Labels labels;
  private final long createdMillis;
  private final byte[] text;
  private final byte[] protobuf;
  private final byte[] created;

  /**
   * Encodes a series.
   *
   * @param createdMillis when it began, in milliseconds of Unix time; 0 if that is not known
   */
  public EncodedSeries(Labels labels, long createdMillis) {
    this.labels = labels;
    this.createdMillis = createdMillis;
    this.text = textOf(labels);
    this.protobuf = protobufOf(labels);
    this.created = ProtobufTimestamp.encoded(createdMillis);
  }

  static byte[] textOf(Labels labels) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < labels.size(); i++) {
      text.append(i == 0 ? "" : ",")
          .append(labels.getPrometheusName(i))
          .append("=\"")
          .append(escaped(labels.getValue(i)))
          .append('"');
    }
    return text.toString().getBytes(UTF_8);
  }

  static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  static byte[] protobufOf(Labels labels) {
    ProtobufFields fields = new ProtobufFields();
    for (int i = 0; i < labels.size(); i++) {
      int label = fields.begin(LABEL);
      fields.bytes(NAME, labels.getPrometheusName(i).getBytes(UTF_8));
      fields.bytes(VALUE, labels.getValue(i).getBytes(UTF_8));
      fields.end(label);
    }
    return fields.toBytes();
  }

  /** The labels as text between the braces: {@code city="ulm",size="small"}. */
  byte[] text() {
    return text;
  }

  boolean isEmpty() {
    return text.length == 0;
  }

  Labels labels() {
    return labels;
  }

  /** When the series began, in milliseconds of Unix time; 0 if that is not known. */
  long createdMillis() {
    return createdMillis;
  }

  /** When the series began, as the fields of a {@code Timestamp}; empty if that is not known. */
  byte[] created() {
    return created;
  }

  /** The labels as protobuf fields, one for each label. */
  byte[] protobuf() {
    return protobuf;
  }
}
