package dev.ss.metrics.bridge;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Puts a scrape together. */
final class Scrapes {
  private Scrapes() {}

  /**
   * All families once. Where a collector repeats a name of the registry's, the registry's counts.
   */
  static MetricSnapshots merge(
      List<MetricSnapshots> external, MetricSnapshots own, Predicate<String> wanted) {
    Set<String> names = new HashSet<>();
    List<MetricSnapshot> all = new ArrayList<>();
    for (MetricSnapshot snapshot : own) {
      names.add(name(snapshot));
      all.add(snapshot);
    }
    for (MetricSnapshots snapshots : external) {
      for (MetricSnapshot snapshot : snapshots) {
        if (wanted.test(name(snapshot)) && names.add(name(snapshot))) {
          all.add(snapshot);
        }
      }
    }
    return new MetricSnapshots(all);
  }

  private static String name(MetricSnapshot snapshot) {
    return snapshot.getMetadata().getPrometheusName();
  }
}
