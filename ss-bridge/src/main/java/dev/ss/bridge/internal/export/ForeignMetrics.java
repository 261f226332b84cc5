package dev.ss.bridge.internal.export;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Counting;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.Timer;
import dev.ss.bridge.internal.exposition.FamilyType;
import dev.ss.bridge.internal.histogram.BucketHistogram;
import dev.ss.bridge.internal.naming.MappedName;
import dev.ss.bridge.internal.naming.Mappings;
import dev.ss.bridge.internal.naming.MetricKind;
import dev.ss.bridge.internal.naming.PrometheusNames;
import dev.ss.bridge.internal.naming.Unit;
import dev.ss.bridge.internal.rate.CountMeter;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Exports the metrics that others register, under the names that the {@link Mappings} choose. A
 * metric that clashes with another is refused at registration and counted; it is tried again only
 * when the mappings change.
 */
public final class ForeignMetrics extends EachMetric {
  private final ExportedFamilies exported;
  private final DroppedMetrics drops;
  private final int cap;
  private final Function<Timer, Optional<BucketHistogram>> bucketsOf;
  private final Map<String, Foreign> metrics = new LinkedHashMap<>();
  private final Predicate<String> isSeries;
  private volatile Mappings mappings = Mappings.none();

  /**
   * Exports metrics into these families.
   *
   * @param cap how many may be exported
   * @param isSeries recognizes the metrics that are series of declared families
   * @param bucketsOf gives the buckets of a timer that has them
   */
  public ForeignMetrics(
      ExportedFamilies exported,
      DroppedMetrics drops,
      int cap,
      Predicate<String> isSeries,
      Function<Timer, Optional<BucketHistogram>> bucketsOf) {
    this.exported = exported;
    this.drops = drops;
    this.cap = cap;
    this.isSeries = isSeries;
    this.bucketsOf = bucketsOf;
  }

  /** A metric and its series, which is empty if the metric was excluded or refused. */
  private record Foreign(Metric metric, Optional<Series> series) {}

  private record Series(ExportedFamily family, Labels labels) {}

  /** Names all metrics anew, in the order of their registration. */
  public synchronized void use(Mappings changed) {
    mappings = changed;
    Map<String, Foreign> known = new LinkedHashMap<>(metrics);
    known.keySet().forEach(this::removed);
    known.forEach((name, foreign) -> addForeign(name, foreign.metric()));
  }

  /** Returns the unit that a rule gives a histogram of this name. */
  public Optional<Unit> unitOfHistogram(String name) {
    return mappings.target(name, MetricKind.HISTOGRAM).flatMap(MappedName::unit);
  }

  @Override
  protected void added(String name, Metric metric) {
    // Series of declared families export themselves. Their creation must not wait for the lock of
    // addForeign: that method counts a dropped metric while holding it, and so may create such a
    // series.
    if (!isSeries.test(name)) {
      addForeign(name, metric);
    }
  }

  private synchronized void addForeign(String name, Metric metric) {
    if (metrics.size() >= cap) {
      drops.tooMany(name, cap);
      return;
    }
    MetricKind kind = MetricKind.of(metric);
    Optional<Series> series =
        mappings.target(name, kind).flatMap(target -> exported(name, metric, kind, target));
    metrics.put(name, new Foreign(metric, series));
  }

  /** Exports a metric and returns its series; empty if it clashes with another. */
  private Optional<Series> exported(
      String name, Metric metric, MetricKind kind, MappedName target) {
    try {
      Metric value = value(name, metric, kind, target.unit());
      Labels labels = labels(target);
      ExportedFamily family = exported.addForeign(family(target, value, kind), labels, value);
      return Optional.of(new Series(family, labels));
    } catch (IllegalArgumentException e) {
      drops.failed(name, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * Returns the object that a scrape reads the metric's value from.
   *
   * @throws IllegalArgumentException if the metric cannot be in this unit
   */
  private Metric value(String name, Metric metric, MetricKind kind, Optional<Unit> unit) {
    return switch (kind) {
      case TIMER -> ofTimer(name, (Timer) metric, unit);
      case HISTOGRAM -> ofHistogram(name, (Histogram) metric, unit.map(Unit::perBase).orElse(1.0));
      case METER, COUNTER, GAUGE -> number(name, metric, unit.map(Unit::perBase).orElse(1.0));
    };
  }

  private Metric ofTimer(String name, Timer timer, Optional<Unit> unit) {
    if (unit.isPresent() && !unit.get().base().equals(Unit.SECONDS)) {
      throw new IllegalArgumentException("it is a timer, and cannot be in " + unit.get().base());
    }
    return bucketsOf
        .apply(timer)
        .<Metric>map(buckets -> buckets)
        .orElseGet(() -> new ReadMetric(name, () -> SampledReading.of(timer), 1));
  }

  private static Metric ofHistogram(String name, Histogram histogram, double perExported) {
    if (!(histogram instanceof BucketHistogram buckets)) {
      return new ReadMetric(name, () -> SampledReading.of(histogram, perExported), 1);
    }
    if (buckets.recordedPerExported() != perExported) {
      throw new IllegalArgumentException(
          "its buckets were made before the rule that gives it a unit");
    }
    return buckets;
  }

  private static Metric number(String name, Metric metric, double perExported) {
    if (metric instanceof Gauge<?> gauge) {
      return new ReadMetric(name, gauge, perExported);
    }
    return isTrusted(metric) && perExported == 1
        ? metric
        : new ReadMetric(name, ((Counting) metric)::getCount, perExported);
  }

  /** Whether reading it runs only code that we trust. */
  private static boolean isTrusted(Metric metric) {
    return metric instanceof CountMeter
        || metric.getClass() == Meter.class
        || metric.getClass() == Counter.class;
  }

  private static FamilyDefinition family(MappedName target, Metric value, MetricKind kind) {
    FamilyType type = type(target, value, kind);
    Optional<String> unit = target.unit().map(Unit::base);
    String stem =
        unit.map(
                each ->
                    PrometheusNames.ending(
                        type == FamilyType.COUNTER
                            ? PrometheusNames.stem(target.name())
                            : target.name(),
                        "_" + each))
            .orElse(target.name());
    String name =
        switch (type) {
          case COUNTER -> PrometheusNames.ofCounter(stem);
          case GAUGE -> PrometheusNames.ofValue(stem);
          case HISTOGRAM, SUMMARY ->
              kind == MetricKind.TIMER
                  ? PrometheusNames.ending(stem, "_seconds")
                  : PrometheusNames.ofValue(stem);
        };
    return unit.isPresent()
        ? new FamilyDefinition(name, type, unit, target.help())
        : FamilyDefinition.of(name, type, target.help());
  }

  private static FamilyType type(MappedName target, Metric value, MetricKind kind) {
    return switch (kind) {
      case TIMER, HISTOGRAM ->
          value instanceof BucketHistogram ? FamilyType.HISTOGRAM : FamilyType.SUMMARY;
      case METER -> FamilyType.COUNTER;
      case COUNTER, GAUGE -> target.asCounter() ? FamilyType.COUNTER : FamilyType.GAUGE;
    };
  }

  private static Labels labels(MappedName target) {
    Labels.Builder labels = Labels.builder();
    target.labels().forEach((name, value) -> labels.label(name, PrometheusNames.labelValue(value)));
    return labels.build();
  }

  @Override
  protected synchronized void removed(String name) {
    drops.forget(name);
    Foreign foreign = metrics.remove(name);
    if (foreign != null) {
      foreign
          .series()
          .ifPresent(series -> exported.removeForeign(series.family(), series.labels()));
    }
  }
}
