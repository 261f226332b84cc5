package dev.ss.bridge;

import dev.ss.bridge.internal.naming.PrometheusNames;

/** A label and a value of it; made by {@link Label#is} alone. */
public final class LabelPair {
  private final String name;
  private final String value;

  LabelPair(String name, String value) {
    this.name = name;
    this.value = PrometheusNames.labelValue(value);
  }

  String name() {
    return name;
  }

  String value() {
    return value;
  }
}
