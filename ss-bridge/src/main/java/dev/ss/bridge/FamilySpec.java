package dev.ss.bridge;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import dev.ss.bridge.internal.export.FamilyDefinition;
import dev.ss.bridge.internal.exposition.FamilyType;
import dev.ss.bridge.internal.histogram.BucketHistogram;
import dev.ss.bridge.internal.rate.CountMeter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The name, help and type of a Prometheus family, and the Codahale metric that records into it.
 * Every factory method throws {@link IllegalArgumentException} if Prometheus does not allow the
 * name. Immutable.
 *
 * @param <M> the Codahale type
 */
public final class FamilySpec<M extends Metric> {
  private final FamilyDefinition definition;
  private final Class<?> recordedBy;
  private final Supplier<M> factory;
  private final Optional<FamilySpec<Meter>> counter;

  private FamilySpec(
      String name, String help, FamilyType type, Class<?> recordedBy, Supplier<M> factory) {
    this(name, help, type, recordedBy, factory, Optional.empty());
  }

  private FamilySpec(
      String name,
      String help,
      FamilyType type,
      Class<?> recordedBy,
      Supplier<M> factory,
      Optional<FamilySpec<Meter>> counter) {
    this.definition = FamilyDefinition.of(name, type, help);
    this.recordedBy = recordedBy;
    this.factory = factory;
    this.counter = counter;
  }

  /** A counter, recorded by {@link Meter}s. Its name must end in {@code _total}. */
  public static FamilySpec<Meter> counter(String name, String help) {
    return new FamilySpec<>(name, help, FamilyType.COUNTER, Meter.class, CountMeter::new);
  }

  /**
   * A counter whose value is read at each scrape and never falls. Its name must end in {@code
   * _total}.
   */
  public static FamilySpec<Gauge<?>> readCounter(String name, String help) {
    return new FamilySpec<>(name, help, FamilyType.COUNTER, Gauge.class, readOnly(name));
  }

  /**
   * A histogram of durations, exported in seconds and recorded by timers. By convention its name
   * ends in {@code _seconds}.
   */
  public static FamilySpec<BucketTimer> histogram(String name, Buckets buckets, String help) {
    return new FamilySpec<>(
        name, help, FamilyType.HISTOGRAM, BucketTimer.class, () -> new BucketTimer(buckets));
  }

  /**
   * A histogram with a counter of the same labels beside it, which counts the same recordings, for
   * queries that need the number and not the durations. The counter adds no cost to a recording,
   * and always agrees with the histogram.
   */
  public static FamilySpec<BucketTimer> histogram(
      String name, Buckets buckets, FamilySpec<Meter> counter, String help) {
    return new FamilySpec<>(
        name,
        help,
        FamilyType.HISTOGRAM,
        BucketTimer.class,
        () -> new BucketTimer(buckets),
        Optional.of(counter));
  }

  /** A histogram of whole numbers, recorded by {@link Histogram}s. */
  public static FamilySpec<Histogram> sizes(String name, Buckets buckets, String help) {
    return new FamilySpec<>(
        name,
        help,
        FamilyType.HISTOGRAM,
        Histogram.class,
        () -> new BucketHistogram(buckets.layout()));
  }

  /** A gauge that is read at each scrape. Null means that there is no value now. */
  public static FamilySpec<Gauge<?>> gauge(String name, String help) {
    return new FamilySpec<>(name, help, FamilyType.GAUGE, Gauge.class, readOnly(name));
  }

  private static <M> Supplier<M> readOnly(String name) {
    return () -> {
      throw new IllegalStateException(name + " is read, not recorded");
    };
  }

  /** Returns the family's name in Prometheus. */
  public String name() {
    return definition.name();
  }

  /** Returns one sentence on what is measured. */
  public String help() {
    return definition.help();
  }

  /** Returns the Prometheus type: {@code counter}, {@code gauge} or {@code histogram}. */
  public String type() {
    return definition.type().name().toLowerCase(Locale.ROOT);
  }

  FamilyDefinition definition() {
    return definition;
  }

  /** The Codahale type that records into the family. */
  Class<?> recordedBy() {
    return recordedBy;
  }

  /** The counter beside a histogram. */
  Optional<FamilySpec<Meter>> counter() {
    return counter;
  }

  M newMetric() {
    return factory.get();
  }
}
