package dev.ss.bridge;

import dev.ss.bridge.internal.naming.PrometheusNames;

/** A label with one of its values, made only by {@link Label#is}. Immutable. */
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
