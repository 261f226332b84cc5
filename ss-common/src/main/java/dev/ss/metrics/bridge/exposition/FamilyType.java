package dev.ss.metrics.bridge.exposition;

import java.util.Locale;

/** What a family is to Prometheus, as scrapes have it. */
public enum FamilyType {
  COUNTER(0, 3),
  GAUGE(1, 2),
  SUMMARY(2, 4),
  HISTOGRAM(4, 7);

  private final int number;
  private final int field;

  FamilyType(int number, int field) {
    this.number = number;
    this.field = field;
  }

  /** As text has it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its number in the protobuf enumeration {@code MetricType}. */
  int number() {
    return number;
  }

  /** The number of the field in the protobuf message {@code Metric} that has such a value. */
  int field() {
    return field;
  }
}
