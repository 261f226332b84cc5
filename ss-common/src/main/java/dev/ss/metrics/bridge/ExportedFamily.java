package dev.ss.metrics.bridge;

import com.codahale.metrics.Counting;
import com.codahale.metrics.Metric;
import dev.ss.metrics.bridge.histogram.BucketHistogram;
import dev.ss.metrics.bridge.histogram.BucketTimer;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;

/** One family and its series, in the order of their labels. */
final class ExportedFamily {
  private final FamilySpec<?> spec;
  private final MetricMetadata metadata;
  private final ConcurrentSkipListMap<Labels, Metric> series = new ConcurrentSkipListMap<>();

  ExportedFamily(FamilySpec<?> spec) {
    this.spec = spec;
    this.metadata = new MetricMetadata(spec.modelName(), spec.help());
  }

  FamilySpec<?> spec() {
    return spec;
  }

  /** False if there is such a series. */
  boolean add(Labels labels, Metric metric) {
    return series.putIfAbsent(labels, metric) == null;
  }

  void remove(Labels labels) {
    series.remove(labels);
  }

  boolean isEmpty() {
    return series.isEmpty();
  }

  /** The series whose values somebody else's code gives. */
  List<ReadMetric> toRead() {
    return series.values().stream()
        .filter(ReadMetric.class::isInstance)
        .map(ReadMetric.class::cast)
        .toList();
  }

  /**
   * The values now; nothing where no series has one.
   *
   * @param values of the series that are {@link #toRead}
   */
  Optional<MetricSnapshot> snapshot(Map<ReadMetric, Object> values) {
    return switch (spec.kind()) {
      case COUNTER ->
          points((labels, metric) -> counter(labels, metric, values))
              .map(points -> new CounterSnapshot(metadata, points));
      case GAUGE ->
          points((labels, metric) -> gauge(labels, metric, values))
              .map(points -> new GaugeSnapshot(metadata, points));
      case HISTOGRAM ->
          points(ExportedFamily::histogram).map(points -> new HistogramSnapshot(metadata, points));
      case SUMMARY ->
          points((labels, metric) -> summary(labels, metric, values))
              .map(points -> new SummarySnapshot(metadata, points));
    };
  }

  private <P extends DataPointSnapshot> Optional<List<P>> points(
      BiFunction<Labels, Metric, Optional<P>> reader) {
    List<P> points = new ArrayList<>(series.size());
    series.forEach((labels, metric) -> reader.apply(labels, metric).ifPresent(points::add));
    return points.isEmpty() ? Optional.empty() : Optional.of(points);
  }

  private static Optional<CounterDataPointSnapshot> counter(
      Labels labels, Metric metric, Map<ReadMetric, Object> values) {
    return number(metric, values)
        .map(value -> new CounterDataPointSnapshot(value, labels, null, 0));
  }

  private static Optional<GaugeDataPointSnapshot> gauge(
      Labels labels, Metric metric, Map<ReadMetric, Object> values) {
    return number(metric, values).map(value -> new GaugeDataPointSnapshot(value, labels, null));
  }

  private static Optional<Double> number(Metric metric, Map<ReadMetric, Object> values) {
    return metric instanceof Counting counting
        ? Optional.of((double) counting.getCount())
        : Optional.ofNullable((Double) values.get(metric));
  }

  private static Optional<HistogramDataPointSnapshot> histogram(Labels labels, Metric metric) {
    BucketHistogram histogram =
        metric instanceof BucketTimer timer ? timer.histogram() : (BucketHistogram) metric;
    return Optional.of(histogram.read().point(labels));
  }

  private static Optional<SummaryDataPointSnapshot> summary(
      Labels labels, Metric metric, Map<ReadMetric, Object> values) {
    return Optional.ofNullable((SampledReading) values.get(metric))
        .map(
            reading ->
                SummaryDataPointSnapshot.builder()
                    .count(reading.count())
                    .quantiles(reading.quantiles())
                    .labels(labels)
                    .build());
  }
}
