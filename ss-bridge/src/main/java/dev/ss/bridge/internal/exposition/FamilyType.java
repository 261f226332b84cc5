package dev.ss.bridge.internal.exposition;

import java.util.Locale;
import java.util.Optional;

/** What a family is to Prometheus, as scrapes have it. */
public enum FamilyType {
  COUNTER(0, 3),
  GAUGE(1, 2),
  /** Quantiles that cannot be aggregated; only for what somebody else has made. */
  SUMMARY(2, 4),
  HISTOGRAM(4, 7);

  private final int number;
  private final int field;

  FamilyType(int number, int field) {
    this.number = number;
    this.field = field;
  }

  /** The label by which samples of one series are told apart. */
  public Optional<String> ownLabel() {
    return switch (this) {
      case HISTOGRAM -> Optional.of("le");
      case SUMMARY -> Optional.of("quantile");
      case COUNTER, GAUGE -> Optional.empty();
    };
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
