package dev.ss.bridge.internal.exposition;

import java.util.Locale;
import java.util.Optional;

/** The Prometheus type of a family. */
public enum FamilyType {
  COUNTER(0, 3),
  GAUGE(1, 2),
  /** Quantiles, which cannot be aggregated; only for timers and histograms that have no buckets. */
  SUMMARY(2, 4),
  HISTOGRAM(4, 7);

  private final int number;
  private final int field;

  FamilyType(int number, int field) {
    this.number = number;
    this.field = field;
  }

  /** Returns the label that distinguishes the samples of one series. */
  public Optional<String> ownLabel() {
    return switch (this) {
      case HISTOGRAM -> Optional.of("le");
      case SUMMARY -> Optional.of("quantile");
      case COUNTER, GAUGE -> Optional.empty();
    };
  }

  /** The type's name in text formats. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type's number in the protobuf enumeration {@code MetricType}. */
  int number() {
    return number;
  }

  /** The number of the field for such a value in the protobuf message {@code Metric}. */
  int field() {
    return field;
  }
}
