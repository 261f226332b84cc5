package dev.ss.metrics.bridge;

import com.codahale.metrics.Metric;
import dev.ss.metrics.bridge.scrape.GuardedReads;
import dev.ss.metrics.bridge.scrape.GuardedReads.Outcome;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The families Prometheus sees, in the order of their names. Names are decided and clashes refused
 * when a metric is registered; a scrape only reads values. Counters and histograms of ours are read
 * where they are, and what is somebody else's code is read under guard.
 */
final class ExportedMetrics {
  private final ConcurrentSkipListMap<String, ExportedFamily> families =
      new ConcurrentSkipListMap<>();

  /** Which family each name belongs to that can stand in a scrape. */
  private final Map<String, String> claims = new HashMap<>();

  private final GuardedReads reads;
  private final Drops drops;

  ExportedMetrics(GuardedReads reads, Drops drops) {
    this.reads = reads;
    this.drops = drops;
  }

  /**
   * Adds a series to its family.
   *
   * @throws IllegalArgumentException if the name is another family's or too like one, or the series
   *     exists
   */
  synchronized void add(FamilySpec<?> spec, Labels labels, Metric metric) {
    ExportedFamily family = families.get(spec.name());
    if (family == null) {
      family = new ExportedFamily(spec);
      claim(spec);
      families.put(spec.name(), family);
    } else if (family.spec().kind() != spec.kind()) {
      throw new IllegalArgumentException(
          "%s is already a %s".formatted(spec.name(), family.spec().kind()));
    }
    if (!family.add(labels, metric)) {
      throw new IllegalArgumentException("%s%s exists already".formatted(spec.name(), labels));
    }
  }

  /** Keeps a name for a family that has no series yet. */
  synchronized void reserve(FamilySpec<?> spec) {
    claim(spec);
    families.put(spec.name(), new ExportedFamily(spec));
  }

  private void claim(FamilySpec<?> spec) {
    for (String name : spec.claims()) {
      String owner = claims.get(name);
      if (owner != null) {
        throw new IllegalArgumentException(
            "%s cannot be exported beside %s".formatted(spec.name(), owner));
      }
    }
    spec.claims().forEach(name -> claims.put(name, spec.name()));
  }

  /** Removes a series, and its family with the last one. */
  synchronized void remove(FamilySpec<?> spec, Labels labels) {
    ExportedFamily family = families.get(spec.name());
    if (family != null) {
      family.remove(labels);
      if (family.isEmpty()) {
        families.remove(spec.name());
        claims.values().removeIf(spec.name()::equals);
      }
    }
  }

  MetricSnapshots collect(Predicate<String> wanted) {
    Map<ReadMetric, Object> values =
        values(chosen(wanted).flatMap(family -> family.toRead().stream()).toList());
    List<MetricSnapshot> snapshots = new ArrayList<>();
    // Chosen anew: what could not be read may just have begun the family that counts it.
    chosen(wanted).forEach(family -> family.snapshot(values).ifPresent(snapshots::add));
    return new MetricSnapshots(snapshots);
  }

  private Stream<ExportedFamily> chosen(Predicate<String> wanted) {
    return families.values().stream().filter(family -> wanted.test(family.spec().name()));
  }

  private Map<ReadMetric, Object> values(List<ReadMetric> metrics) {
    Map<ReadMetric, Object> values = new HashMap<>();
    for (Outcome outcome : reads.read(metrics)) {
      if (outcome instanceof Outcome.Value read) {
        ReadMetric.exportable(read.value())
            .ifPresentOrElse(
                value -> values.put((ReadMetric) read.source(), value),
                () -> drops.noNumber((ReadMetric) read.source(), read.value()));
      } else if (outcome instanceof Outcome.Failure failure) {
        drops.failed(failure.source().name(), failure.reason());
      }
    }
    return values;
  }
}
