package dev.ss.metrics.bridge;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.Timer;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.Optional;

/**
 * What a family of metrics is called in Prometheus, and which Codahale metric records into it.
 *
 * @param <M> the Codahale type
 */
public final class FamilySpec<M extends Metric> {
  /** What a family is to Prometheus. */
  public enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  private static final String TOTAL = "_total";

  private final String name;
  private final String help;
  private final Kind kind;
  private final Class<M> metricType;
  private final Optional<Buckets> buckets;

  private FamilySpec(
      String name, String help, Kind kind, Class<M> metricType, Optional<Buckets> buckets) {
    if (!PrometheusNaming.isValidLegacyMetricName(name)) {
      throw new IllegalArgumentException("not a Prometheus metric name: " + name);
    }
    if (kind == Kind.COUNTER && !name.endsWith(TOTAL)) {
      throw new IllegalArgumentException("a counter's name ends in _total: " + name);
    }
    this.name = name;
    this.help = help;
    this.kind = kind;
    this.metricType = metricType;
    this.buckets = buckets;
  }

  /** A counter, recorded by {@link Meter}s. Its name ends in {@code _total}. */
  public static FamilySpec<Meter> counter(String name, String help) {
    return new FamilySpec<>(name, help, Kind.COUNTER, Meter.class, Optional.empty());
  }

  /** A counter that is read from somewhere, where it never falls. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  public static FamilySpec<Gauge<?>> readCounter(String name, String help) {
    return new FamilySpec(name, help, Kind.COUNTER, Gauge.class, Optional.empty());
  }

  /** A histogram of seconds, recorded by {@link Timer}s. Its name ends in {@code _seconds}. */
  public static FamilySpec<Timer> histogram(String name, Buckets buckets, String help) {
    return new FamilySpec<>(name, help, Kind.HISTOGRAM, Timer.class, Optional.of(buckets));
  }

  /** A value that is read at the scrape, and so must be at hand without waiting. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  public static FamilySpec<Gauge<?>> gauge(String name, String help) {
    return new FamilySpec(name, help, Kind.GAUGE, Gauge.class, Optional.empty());
  }

  /** The family's name in Prometheus. */
  public String name() {
    return name;
  }

  /** One sentence on what is measured. */
  public String help() {
    return help;
  }

  /**
   * The name without the suffix of a counter. Prometheus' model keeps families apart by it, so two
   * that differ in nothing else cannot be exported together.
   */
  String stem() {
    return name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
  }

  Kind kind() {
    return kind;
  }

  M newMetric() {
    Metric metric =
        switch (kind) {
          case HISTOGRAM -> new BucketTimer(buckets.orElseThrow());
          case COUNTER -> new Meter();
          case GAUGE -> throw new IllegalStateException(name + " is read, not recorded");
        };
    return metricType.cast(metric);
  }
}
