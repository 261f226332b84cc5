package dev.ss.bridge.internal.naming;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.Timer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Codahale's kinds of metrics. */
public enum MetricKind {
  TIMER,
  HISTOGRAM,
  METER,
  COUNTER,
  GAUGE;

  /** Returns the kind of a metric. */
  public static MetricKind of(Metric metric) {
    if (metric instanceof Timer) {
      return TIMER;
    } else if (metric instanceof Histogram) {
      return HISTOGRAM;
    } else if (metric instanceof Meter) {
      return METER;
    }
    return metric instanceof Counter ? COUNTER : GAUGE;
  }

  /** Returns the kind of this name, in lower case. */
  static Optional<MetricKind> named(String name) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(name)).findFirst();
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
