package dev.ss.metrics.bridge.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.model.snapshots.Labels;

/** The labels of a series as they stand between the braces: {@code city="ulm",size="small"}. */
public final class LabelText {
  private final byte[] bytes;

  /** The text of these labels, which may be none. */
  public LabelText(Labels labels) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < labels.size(); i++) {
      text.append(i == 0 ? "" : ",")
          .append(labels.getPrometheusName(i))
          .append("=\"")
          .append(escaped(labels.getValue(i)))
          .append('"');
    }
    this.bytes = text.toString().getBytes(UTF_8);
  }

  static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  byte[] bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return bytes.length == 0;
  }
}
