package dev.ss.bridge.internal.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.model.snapshots.Labels;

/** The labels of a series, which may be none, in each format, and since when it counts. */
public final class EncodedSeries {
  /** The same number in {@code Metric} and in {@code Exemplar}. */
  private static final int LABEL = 1;

  private static final int NAME = 1;
  private static final int VALUE = 2;

  private final Labels labels;
  private final long createdMillis;
  private final byte[] text;
  private final byte[] protobuf;
  private final byte[] created;

  /**
   * Encodes what is known of a series.
   *
   * @param createdMillis when it began, in Unix time; 0 if that is not known
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

  /** As they stand between the braces: {@code city="ulm",size="small"}. */
  byte[] text() {
    return text;
  }

  boolean isEmpty() {
    return text.length == 0;
  }

  Labels labels() {
    return labels;
  }

  /** When it began, in Unix time; 0 if that is not known. */
  long createdMillis() {
    return createdMillis;
  }

  /** When it began, as the fields of a {@code Timestamp}; none if that is not known. */
  byte[] created() {
    return created;
  }

  /** A field of the message that has them for each. */
  byte[] protobuf() {
    return protobuf;
  }
}
