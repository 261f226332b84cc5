package dev.ss.bridge;

import com.codahale.metrics.MetricRegistry;
import dev.ss.bridge.internal.naming.PrometheusNames;
import java.util.List;

/** A metric as somebody may register it, and where it is to be found in a scrape. */
record ForeignMetric(String name, Kind kind) {
  enum Kind {
    METER,
    COUNTER,
    GAUGE,
    TIMER,
    HISTOGRAM
  }

  void registerIn(MetricRegistry registry) {
    switch (kind) {
      case METER -> registry.meter(name).mark();
      case COUNTER -> registry.counter(name).inc();
      case GAUGE -> registry.gauge(name, () -> () -> 1);
      case TIMER -> registry.timer(name);
      case HISTOGRAM -> registry.histogram(name);
    }
  }

  private String family() {
    String base = PrometheusNames.snakeCase(name);
    return switch (kind) {
      case METER -> PrometheusNames.ofCounter(base);
      case TIMER -> PrometheusNames.ending(base, "_seconds");
      default -> PrometheusNames.ofValue(base);
    };
  }

  /** A sample that has to be in the scrape. */
  String sample() {
    return kind == Kind.TIMER || kind == Kind.HISTOGRAM ? family() + "_count" : family();
  }

  /** All names it has in any format, which nothing else may have. */
  List<String> names() {
    String family = family();
    return switch (kind) {
      case METER -> List.of(family, family.substring(0, family.length() - "_total".length()));
      case COUNTER, GAUGE -> List.of(family);
      case TIMER, HISTOGRAM ->
          List.of(family, family + "_bucket", family + "_count", family + "_sum");
    };
  }
}
