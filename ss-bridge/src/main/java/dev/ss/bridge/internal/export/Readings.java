package dev.ss.bridge.internal.export;

import com.codahale.metrics.Counting;
import com.codahale.metrics.Metric;
import dev.ss.bridge.internal.exposition.FamilyType;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of a scrape's metrics: those read from untrusted code, and our own, read directly. */
final class Readings {
  private final Map<ReadMetric, Object> read = new HashMap<>();
  private final DroppedMetrics drops;

  Readings(DroppedMetrics drops) {
    this.drops = drops;
  }

  /** Keeps the value of a metric if it is a number; Prometheus has no texts or lists. */
  void put(ReadMetric metric, @Nullable Object value) {
    if (value instanceof Double || value instanceof SampledReading) {
      read.put(metric, value);
    } else {
      drops.noNumber(metric, value);
    }
  }

  /** Whether the metric has a value that the family can show. */
  boolean has(FamilyDefinition family, Metric metric) {
    if (metric instanceof ReadMetric && !read.containsKey(metric)) {
      return false;
    }
    boolean counts = family.type() != FamilyType.COUNTER || number(metric) >= 0;
    if (!counts) {
      String name = metric instanceof ReadMetric read ? read.name() : family.name();
      drops.failed(name, "it is a counter, and below zero or no number");
    }
    return counts;
  }

  double number(Metric metric) {
    return metric instanceof ReadMetric
        ? (double) value(metric)
        : (double) ((Counting) metric).getCount();
  }

  SampledReading sampled(Metric metric) {
    return (SampledReading) value(metric);
  }

  private Object value(Metric metric) {
    return Objects.requireNonNull(read.get(metric));
  }
}
