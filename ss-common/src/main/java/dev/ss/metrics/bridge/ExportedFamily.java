package dev.ss.metrics.bridge;

import com.codahale.metrics.Counting;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One family and its series. A series that cannot be read is left out, and nothing else is. */
final class ExportedFamily {
  private static final Logger LOG = LoggerFactory.getLogger(ExportedFamily.class);
  private static final double NANOS_PER_SECOND = 1e9;

  private final FamilySpec<?> spec;
  private final MetricMetadata metadata;
  private final ConcurrentSkipListMap<Labels, Metric> series = new ConcurrentSkipListMap<>();
  private final AtomicBoolean failureLogged = new AtomicBoolean();

  ExportedFamily(FamilySpec<?> spec) {
    this.spec = spec;
    // The Java client's model keeps a counter's name without its suffix and writes it with it.
    String name = spec.kind() == FamilySpec.Kind.COUNTER ? spec.stem() : spec.name();
    this.metadata = new MetricMetadata(name, spec.help());
  }

  void add(FamilySpec<?> from, Labels labels, Metric metric) {
    if (!from.name().equals(spec.name())) {
      throw new IllegalArgumentException(
          "%s cannot be exported beside %s".formatted(from.name(), spec.name()));
    }
    if (from.kind() != spec.kind()) {
      throw new IllegalArgumentException("%s is already a %s".formatted(spec.name(), spec.kind()));
    }
    if (series.putIfAbsent(labels, metric) != null) {
      throw new IllegalArgumentException("%s%s exists already".formatted(spec.name(), labels));
    }
  }

  /** The values now; nothing where no series has one. */
  Optional<MetricSnapshot> snapshot() {
    return switch (spec.kind()) {
      case COUNTER ->
          nonEmpty(read(ExportedFamily::counter))
              .map(points -> new CounterSnapshot(metadata, points));
      case GAUGE ->
          nonEmpty(read(ExportedFamily::gauge)).map(points -> new GaugeSnapshot(metadata, points));
      case HISTOGRAM ->
          nonEmpty(read(ExportedFamily::histogram))
              .map(points -> new HistogramSnapshot(metadata, points));
    };
  }

  private static <P> Optional<List<P>> nonEmpty(List<P> points) {
    return points.isEmpty() ? Optional.empty() : Optional.of(points);
  }

  private <P extends DataPointSnapshot> List<P> read(
      BiFunction<Labels, Metric, Optional<P>> reader) {
    List<P> points = new ArrayList<>(series.size());
    for (Map.Entry<Labels, Metric> entry : series.entrySet()) {
      try {
        reader.apply(entry.getKey(), entry.getValue()).ifPresent(points::add);
      } catch (Throwable e) { // even an Error, as of a class that is not there
        leftOut(e);
      }
    }
    return points;
  }

  private void leftOut(Throwable failure) {
    if (failureLogged.compareAndSet(false, true)) {
      LOG.warn(
          "A series of {} cannot be read and is left out ({}). This is logged once.",
          spec.name(),
          failure.getClass().getName());
    }
  }

  private static Optional<CounterDataPointSnapshot> counter(Labels labels, Metric metric) {
    if (metric instanceof Counting counting) {
      return Optional.of(new CounterDataPointSnapshot(counting.getCount(), labels, null, 0));
    }
    return number(metric).map(value -> new CounterDataPointSnapshot(value, labels, null, 0));
  }

  private static Optional<GaugeDataPointSnapshot> gauge(Labels labels, Metric metric) {
    if (metric instanceof Counting counting) {
      return Optional.of(new GaugeDataPointSnapshot(counting.getCount(), labels, null));
    }
    return number(metric).map(value -> new GaugeDataPointSnapshot(value, labels, null));
  }

  /** Texts, lists and null have no value in Prometheus. */
  private static Optional<Double> number(Metric metric) {
    Object value = ((Gauge<?>) metric).getValue();
    if (value instanceof Number number) {
      return Optional.of(number.doubleValue());
    }
    return value instanceof Boolean yes ? Optional.of(yes ? 1.0 : 0.0) : Optional.empty();
  }

  private static Optional<HistogramDataPointSnapshot> histogram(Labels labels, Metric metric) {
    BucketHistogram histogram = ((BucketTimer) metric).histogram();
    return Optional.of(
        HistogramDataPointSnapshot.builder()
            .classicHistogramBuckets(
                ClassicHistogramBuckets.of(
                    histogram.buckets().upperBoundsWithInfinity(), histogram.bucketCounts()))
            .sum(histogram.sumNanos() / NANOS_PER_SECOND)
            .labels(labels)
            .build());
  }
}
