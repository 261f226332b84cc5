package dev.ss.metrics.bridge;

import com.codahale.metrics.Counting;
import com.codahale.metrics.Metric;
import java.util.HashMap;
import java.util.Map;

/** The values of a scrape's metrics: those that were read, and those one can read at any time. */
final class Readings {
  private final Map<ReadMetric, Object> read = new HashMap<>();

  /** Keeps what was read of a metric. */
  void put(ReadMetric metric, Object value) {
    read.put(metric, value);
  }

  /** False if a metric had to be read and gave nothing. */
  boolean has(Metric metric) {
    return !(metric instanceof ReadMetric) || read.containsKey(metric);
  }

  double number(Metric metric) {
    return metric instanceof ReadMetric
        ? (double) read.get(metric)
        : (double) ((Counting) metric).getCount();
  }

  SampledReading sampled(Metric metric) {
    return (SampledReading) read.get(metric);
  }
}
