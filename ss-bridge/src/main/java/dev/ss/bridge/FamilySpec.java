package dev.ss.bridge;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import dev.ss.bridge.internal.exposition.FamilyType;
import dev.ss.bridge.internal.histogram.BucketHistogram;
import dev.ss.bridge.internal.rate.CountMeter;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a family of metrics is called in Prometheus, and which Codahale metric records into it.
 *
 * @param <M> the Codahale type
 */
public final class FamilySpec<M extends Metric> {
  private static final String TOTAL = "_total";

  /** "Base units" in Prometheus's documentation; amperes and the like are no job's. */
  private static final List<String> UNITS = List.of("seconds", "bytes", "ratio");

  private final String name;
  private final String help;
  private final FamilyType kind;
  private final Supplier<M> factory;
  private final Optional<FamilySpec<Meter>> counter;

  private FamilySpec(String name, String help, FamilyType kind, Supplier<M> factory) {
    this(name, help, kind, factory, Optional.empty());
  }

  private FamilySpec(
      String name,
      String help,
      FamilyType kind,
      Supplier<M> factory,
      Optional<FamilySpec<Meter>> counter) {
    if (!PrometheusNaming.isValidLegacyMetricName(name)) {
      throw new IllegalArgumentException("not a Prometheus metric name: " + name);
    }
    if (kind == FamilyType.COUNTER && (!name.endsWith(TOTAL) || name.endsWith(TOTAL + TOTAL))) {
      throw new IllegalArgumentException("a counter's name ends in _total, once: " + name);
    }
    this.name = name;
    this.help = help;
    this.kind = kind;
    this.factory = factory;
    this.counter = counter;
  }

  /** A counter, recorded by {@link Meter}s. Its name ends in {@code _total}. */
  public static FamilySpec<Meter> counter(String name, String help) {
    return new FamilySpec<>(name, help, FamilyType.COUNTER, CountMeter::new);
  }

  /** A counter that is read from somewhere, where it never falls. */
  public static FamilySpec<Gauge<?>> readCounter(String name, String help) {
    return new FamilySpec<>(name, help, FamilyType.COUNTER, readOnly(name));
  }

  /** A histogram of seconds, recorded by timers. Its name ends in {@code _seconds}. */
  public static FamilySpec<BucketTimer> histogram(String name, Buckets buckets, String help) {
    return new FamilySpec<>(name, help, FamilyType.HISTOGRAM, () -> new BucketTimer(buckets));
  }

  /**
   * A histogram with a counter of the same labels beside it, which counts what the histogram
   * counts: for those who ask how many and not how long. It costs a recording nothing, and the two
   * agree.
   */
  public static FamilySpec<BucketTimer> histogram(
      String name, Buckets buckets, FamilySpec<Meter> counter, String help) {
    return new FamilySpec<>(
        name, help, FamilyType.HISTOGRAM, () -> new BucketTimer(buckets), Optional.of(counter));
  }

  /** A histogram of whole numbers, recorded by {@link Histogram}s. */
  public static FamilySpec<Histogram> sizes(String name, Buckets buckets, String help) {
    return new FamilySpec<>(
        name, help, FamilyType.HISTOGRAM, () -> new BucketHistogram(buckets.layout()));
  }

  /** A value that is read at the scrape; null means that there is none now. */
  public static FamilySpec<Gauge<?>> gauge(String name, String help) {
    return new FamilySpec<>(name, help, FamilyType.GAUGE, readOnly(name));
  }

  /** A family of metrics that others make. */
  static FamilySpec<Metric> foreign(String name, FamilyType kind, String help) {
    return new FamilySpec<>(name, help, kind, readOnly(name));
  }

  private static <M> Supplier<M> readOnly(String name) {
    return () -> {
      throw new IllegalStateException(name + " is read, not recorded");
    };
  }

  /** The family's name in Prometheus. */
  public String name() {
    return name;
  }

  /** One sentence on what is measured. */
  public String help() {
    return help;
  }

  /** What it is to Prometheus: {@code counter}, {@code gauge} or {@code histogram}. */
  public String type() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  FamilyType kind() {
    return kind;
  }

  /** The counter beside a histogram. */
  Optional<FamilySpec<Meter>> counter() {
    return counter;
  }

  M newMetric() {
    return factory.get();
  }

  /** The unit that the name ends in, if it is one of Prometheus's base units. */
  Optional<String> unit() {
    return UNITS.stream().filter(unit -> modelName().endsWith("_" + unit)).findFirst();
  }

  /** The Java client's model keeps a counter's name without its suffix, and writes it with it. */
  String modelName() {
    return kind == FamilyType.COUNTER ? name.substring(0, name.length() - TOTAL.length()) : name;
  }
}
