package dev.ss.bridge;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Counting;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistryListener;
import com.codahale.metrics.Timer;
import dev.ss.bridge.internal.exposition.FamilyType;
import dev.ss.bridge.internal.histogram.BucketHistogram;
import dev.ss.bridge.internal.naming.Mappings;
import dev.ss.bridge.internal.naming.MetricKind;
import dev.ss.bridge.internal.naming.Names;
import dev.ss.bridge.internal.naming.Target;
import dev.ss.bridge.internal.rate.CountMeter;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Exports the metrics that others register, under names that the {@link Mappings} decide. One that
 * clashes with another is refused here, counted, and not looked at again.
 */
final class ForeignMetrics implements MetricRegistryListener {
  private final ExportedMetrics exported;
  private final Drops drops;
  private final int cap;
  private final Map<String, Foreign> metrics = new LinkedHashMap<>();
  private final Predicate<String> isSeries;
  private Mappings mappings = Mappings.none();

  /**
   * Exports what is not exported already.
   *
   * @param cap how many may be exported
   * @param isSeries tells the metrics that are series of declared families
   */
  ForeignMetrics(ExportedMetrics exported, Drops drops, int cap, Predicate<String> isSeries) {
    this.exported = exported;
    this.drops = drops;
    this.cap = cap;
    this.isSeries = isSeries;
  }

  /** A metric, and the series it is unless it was excluded or refused. */
  private record Foreign(Metric metric, FamilyType kind, Optional<Series> series) {}

  private record Series(FamilySpec<?> spec, Labels labels) {}

  /** Names everything anew, in the order in which it was registered. */
  synchronized void use(Mappings changed) {
    mappings = changed;
    Map<String, Foreign> known = new LinkedHashMap<>(metrics);
    known.keySet().forEach(this::remove);
    known.forEach((name, foreign) -> addForeign(name, foreign.metric(), foreign.kind()));
  }

  @Override
  public void onTimerAdded(String name, Timer timer) {
    add(name, timer, timer instanceof BucketTimer ? FamilyType.HISTOGRAM : FamilyType.SUMMARY);
  }

  @Override
  public void onHistogramAdded(String name, Histogram histogram) {
    add(
        name,
        histogram,
        histogram instanceof BucketHistogram ? FamilyType.HISTOGRAM : FamilyType.SUMMARY);
  }

  @Override
  public void onMeterAdded(String name, Meter meter) {
    add(name, meter, FamilyType.COUNTER);
  }

  @Override
  public void onCounterAdded(String name, Counter counter) {
    add(name, counter, FamilyType.GAUGE);
  }

  @Override
  public void onGaugeAdded(String name, Gauge<?> gauge) {
    add(name, gauge, FamilyType.GAUGE);
  }

  private void add(String name, Metric metric, FamilyType kind) {
    // Series of declared families export themselves. They come here in the midst of their creation,
    // which must not wait for a lock that a drop, being a series as well, is counted under.
    if (!isSeries.test(name)) {
      addForeign(name, metric, kind);
    }
  }

  private synchronized void addForeign(String name, Metric metric, FamilyType kind) {
    if (metrics.size() >= cap) {
      drops.tooMany(name, cap);
      return;
    }
    Optional<Series> series =
        mappings
            .target(name, MetricKind.of(metric))
            .map(target -> new Series(spec(target, metric, kind), labels(target)))
            .filter(candidate -> isExported(name, metric, candidate));
    metrics.put(name, new Foreign(metric, kind, series));
  }

  private boolean isExported(String name, Metric metric, Series series) {
    FamilySpec<?> spec = series.spec();
    try {
      exported.addForeign(spec, series.labels(), read(name, metric));
      return true;
    } catch (IllegalArgumentException e) {
      drops.failed(name, e.getMessage());
      return false;
    }
  }

  private static Metric read(String name, Metric metric) {
    return reader(metric).<Metric>map(reader -> new ReadMetric(name, reader, false)).orElse(metric);
  }

  /** How to read a metric whose code, or a part of it, may be somebody else's. */
  private static Optional<Gauge<?>> reader(Metric metric) {
    if (metric instanceof Gauge<?> gauge) {
      return Optional.of(gauge);
    }
    if (metric instanceof BucketTimer
        || metric instanceof BucketHistogram
        || metric instanceof CountMeter
        || metric.getClass() == Meter.class
        || metric.getClass() == Counter.class) {
      return Optional.empty();
    }
    if (metric instanceof Timer timer) {
      return Optional.of(() -> SampledReading.of(timer));
    }
    if (metric instanceof Histogram histogram) {
      return Optional.of(() -> SampledReading.of(histogram));
    }
    return Optional.of(((Counting) metric)::getCount);
  }

  private static FamilySpec<?> spec(Target target, Metric metric, FamilyType usual) {
    FamilyType kind = usual == FamilyType.GAUGE && target.asCounter() ? FamilyType.COUNTER : usual;
    String name =
        switch (kind) {
          case COUNTER -> Names.ofCounter(target.name());
          case GAUGE -> Names.ofValue(target.name());
          case HISTOGRAM, SUMMARY ->
              metric instanceof Timer
                  ? Names.ending(target.name(), "_seconds")
                  : Names.ofValue(target.name());
        };
    return FamilySpec.foreign(name, kind, target.help());
  }

  private static Labels labels(Target target) {
    Labels.Builder labels = Labels.builder();
    target.labels().forEach((name, value) -> labels.label(name, LabelPair.wellFormed(value)));
    return labels.build();
  }

  @Override
  public void onTimerRemoved(String name) {
    remove(name);
  }

  @Override
  public void onHistogramRemoved(String name) {
    remove(name);
  }

  @Override
  public void onMeterRemoved(String name) {
    remove(name);
  }

  @Override
  public void onCounterRemoved(String name) {
    remove(name);
  }

  @Override
  public void onGaugeRemoved(String name) {
    remove(name);
  }

  private synchronized void remove(String name) {
    Foreign foreign = metrics.remove(name);
    if (foreign != null) {
      drops.forget(name);
      foreign.series().ifPresent(series -> exported.remove(series.spec(), series.labels()));
    }
  }
}
