package dev.ss.bridge;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Counting;
import com.codahale.metrics.Metric;
import dev.ss.bridge.internal.exposition.EncodedFamily;
import dev.ss.bridge.internal.exposition.EncodedSeries;
import dev.ss.bridge.internal.exposition.ScrapeWriter;
import dev.ss.bridge.internal.histogram.BucketHistogram;
import dev.ss.bridge.internal.rate.CountMeter;
import dev.ss.bridge.internal.rate.HistogramMeter;
import dev.ss.bridge.internal.scrape.ScrapedFamily;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** One family and its series, in the order of their labels. */
final class ExportedFamily {
  private static final Clock CLOCK = Clock.defaultClock();

  /** When a series began that had counted before it was registered. */
  private static final long UNKNOWN = 0;

  private final FamilySpec<?> spec;
  private final Origin origin;
  private final Set<String> labelNames;
  private final MetricMetadata metadata;
  private final EncodedFamily encoded;
  private final ConcurrentSkipListMap<Labels, Series> series = new ConcurrentSkipListMap<>();

  /** Who has made the series of a family. */
  enum Origin {
    /** The application has declared the family. */
    DECLARED,
    /** Others have registered metrics, and a rule has given them this name. */
    FOREIGN
  }

  ExportedFamily(FamilySpec<?> spec, Origin origin, Set<String> labelNames) {
    this.spec = spec;
    this.origin = origin;
    this.labelNames = Set.copyOf(labelNames);
    this.metadata = new MetricMetadata(spec.modelName(), spec.help(), unit());
    this.encoded =
        new EncodedFamily(
            spec.name(), spec.modelName(), spec.kind(), spec.unit().orElse(""), spec.help());
  }

  /** Whether the series is known to start from 0 now. */
  private static boolean hasCountedNothing(Metric metric) {
    boolean isOurs =
        metric instanceof BucketTimer
            || metric instanceof BucketHistogram
            || metric instanceof CountMeter
            || metric instanceof HistogramMeter;
    return isOurs && ((Counting) metric).getCount() == 0;
  }

  private record Series(Metric metric, EncodedSeries encoded, long createdMillis) {}

  private Unit unit() {
    return spec.unit().map(Unit::new).orElse(null);
  }

  /**
   * Refuses series that are not this family's.
   *
   * @throws IllegalArgumentException if the kind, the origin or the names of the labels differ
   */
  void requireFitting(FamilySpec<?> other, Origin otherOrigin, Set<String> otherLabels) {
    if (spec.kind() != other.kind()) {
      throw new IllegalArgumentException("%s is already a %s".formatted(spec.name(), spec.kind()));
    }
    if (origin != otherOrigin) {
      throw new IllegalArgumentException(
          origin == Origin.DECLARED
              ? "%s is a family that the application has declared".formatted(spec.name())
              : "%s has series of others already".formatted(spec.name()));
    }
    if (!labelNames.equals(otherLabels)) {
      throw new IllegalArgumentException(
          "%s has the labels %s, and not %s"
              .formatted(spec.name(), new TreeSet<>(labelNames), new TreeSet<>(otherLabels)));
    }
  }

  boolean isDeclared() {
    return origin == Origin.DECLARED;
  }

  FamilySpec<?> spec() {
    return spec;
  }

  /** False if there is such a series. */
  boolean add(Labels labels, Metric metric) {
    long created = hasCountedNothing(metric) ? CLOCK.getTime() : UNKNOWN;
    Series added = new Series(metric, new EncodedSeries(labels, created), created);
    return series.putIfAbsent(labels, added) == null;
  }

  void remove(Labels labels) {
    series.remove(labels);
  }

  boolean isEmpty() {
    return series.isEmpty();
  }

  /** The series whose values somebody else's code gives. */
  Stream<ReadMetric> toRead() {
    return series.values().stream()
        .map(Series::metric)
        .filter(ReadMetric.class::isInstance)
        .map(ReadMetric.class::cast);
  }

  /**
   * The family with its values.
   *
   * @param readings of the series that are {@link #toRead}
   */
  ScrapedFamily with(Readings readings) {
    return new WithReadings(readings);
  }

  private final class WithReadings implements ScrapedFamily {
    private final Readings readings;

    WithReadings(Readings readings) {
      this.readings = readings;
    }

    @Override
    public String modelName() {
      return spec.modelName();
    }

    @Override
    public void write(ScrapeWriter writer) {
      writer.family(encoded);
      for (Series each : series.values()) {
        if (readings.has(spec, each.metric())) {
          write(each.metric(), each.encoded(), writer);
        }
      }
    }

    private void write(Metric metric, EncodedSeries each, ScrapeWriter writer) {
      switch (spec.kind()) {
        case COUNTER, GAUGE -> writer.sample(each, readings.number(metric));
        case HISTOGRAM -> writer.histogram(each, histogram(metric));
        case SUMMARY -> {
          SampledReading reading = readings.sampled(metric);
          writer.summary(each, reading.count(), reading.quantiles());
        }
      }
    }

    @Override
    public Optional<MetricSnapshot> snapshot() {
      return switch (spec.kind()) {
        case COUNTER -> points(this::counter).map(points -> new CounterSnapshot(metadata, points));
        case GAUGE -> points(this::gauge).map(points -> new GaugeSnapshot(metadata, points));
        case HISTOGRAM ->
            points(
                    (labels, each) ->
                        histogram(each.metric()).read().point(labels, each.createdMillis()))
                .map(points -> new HistogramSnapshot(metadata, points));
        case SUMMARY -> points(this::summary).map(points -> new SummarySnapshot(metadata, points));
      };
    }

    private <P extends DataPointSnapshot> Optional<List<P>> points(
        BiFunction<Labels, Series, P> reader) {
      List<P> points = new ArrayList<>(series.size());
      series.forEach(
          (labels, each) -> {
            if (readings.has(spec, each.metric())) {
              points.add(reader.apply(labels, each));
            }
          });
      return points.isEmpty() ? Optional.empty() : Optional.of(points);
    }

    private CounterDataPointSnapshot counter(Labels labels, Series each) {
      return new CounterDataPointSnapshot(
          readings.number(each.metric()), labels, null, each.createdMillis());
    }

    private GaugeDataPointSnapshot gauge(Labels labels, Series each) {
      return new GaugeDataPointSnapshot(readings.number(each.metric()), labels, null);
    }

    private SummaryDataPointSnapshot summary(Labels labels, Series each) {
      SampledReading reading = readings.sampled(each.metric());
      return SummaryDataPointSnapshot.builder()
          .count(reading.count())
          .quantiles(reading.quantiles())
          .labels(labels)
          .build();
    }
  }

  private static BucketHistogram histogram(Metric metric) {
    return metric instanceof BucketTimer timer ? timer.histogram() : (BucketHistogram) metric;
  }
}
