package dev.ss.metrics.bridge;

import com.codahale.metrics.Metric;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The families Prometheus sees, in the order of their names. Names are decided and clashes refused
 * when a metric is registered; a scrape only reads values.
 */
public final class ExportedMetrics implements MultiCollector {
  /** By the stems of their names. */
  private final ConcurrentSkipListMap<String, ExportedFamily> families =
      new ConcurrentSkipListMap<>();

  ExportedMetrics() {}

  /**
   * Adds a series to its family.
   *
   * @throws IllegalArgumentException if the name is another family's or too like it, or the series
   *     exists
   */
  void add(FamilySpec<?> spec, LabelPair[] labels, Metric metric) {
    families
        .computeIfAbsent(spec.stem(), stem -> new ExportedFamily(spec))
        .add(spec, labels(labels), metric);
  }

  /** Whether there is a family of this name, or one too like it. */
  boolean has(FamilySpec<?> spec) {
    return families.containsKey(spec.stem());
  }

  /** Removes a family. */
  void remove(FamilySpec<?> spec) {
    families.remove(spec.stem());
  }

  @Override
  public MetricSnapshots collect() {
    List<MetricSnapshot> snapshots = new ArrayList<>(families.size());
    for (ExportedFamily family : families.values()) {
      Optional<MetricSnapshot> snapshot = family.snapshot();
      snapshot.ifPresent(snapshots::add);
    }
    return new MetricSnapshots(snapshots);
  }

  private static Labels labels(LabelPair[] labels) {
    Labels.Builder builder = Labels.builder();
    for (LabelPair label : labels) {
      builder.label(label.name(), label.value());
    }
    return builder.build();
  }
}
