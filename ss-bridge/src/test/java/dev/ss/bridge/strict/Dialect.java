package dev.ss.bridge.strict;

import java.util.List;

/** The format of a page. */
enum Dialect {
  /** Prometheus's own text, version 0.0.4. */
  TEXT,
  /** OpenMetrics 1.0. */
  OPEN_METRICS;

  private static final List<String> NONE = List.of("");

  /** Returns the suffixes of a type's sample names; none if the type is unknown. */
  List<String> endings(String type) {
    return this == TEXT ? endingsInText(type) : endingsInOpenMetrics(type);
  }

  private static List<String> endingsInText(String type) {
    return switch (type) {
      case "counter", "gauge", "untyped" -> NONE;
      case "histogram" -> List.of("_bucket", "_count", "_sum");
      case "summary" -> List.of("", "_count", "_sum");
      default -> List.of();
    };
  }

  private static List<String> endingsInOpenMetrics(String type) {
    return switch (type) {
      case "gauge", "stateset", "unknown" -> NONE;
      case "counter" -> List.of("_total", "_created");
      case "histogram" -> List.of("_bucket", "_count", "_sum", "_created");
      case "gaugehistogram" -> List.of("_bucket", "_gcount", "_gsum");
      case "summary" -> List.of("", "_count", "_sum", "_created");
      case "info" -> List.of("_info");
      default -> List.of();
    };
  }

  /** Whether a sample of this name may have an exemplar. */
  boolean hasExemplar(String ending) {
    return this == OPEN_METRICS && (ending.equals("_bucket") || ending.equals("_total"));
  }
}
