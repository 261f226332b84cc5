package dev.ss.metrics.bridge;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Puts a scrape together. */
final class Scrapes {
  private final Drops drops;

  Scrapes(Drops drops) {
    this.drops = drops;
  }

  /**
   * All families once. Where a collector repeats a name of the registry's or of a collector before
   * it, its own is dropped.
   */
  MetricSnapshots merge(
      List<MetricSnapshots> external, MetricSnapshots own, Predicate<String> wanted) {
    Set<String> taken = new HashSet<>();
    List<MetricSnapshot> all = new ArrayList<>();
    for (MetricSnapshot snapshot : own) {
      taken.addAll(names(snapshot));
      all.add(snapshot);
    }
    for (MetricSnapshots snapshots : external) {
      for (MetricSnapshot snapshot : snapshots) {
        if (!wanted.test(name(snapshot))) {
          continue;
        }
        if (Collections.disjoint(taken, names(snapshot))) {
          taken.addAll(names(snapshot));
          all.add(snapshot);
        } else {
          drops.failed(name(snapshot), "a collector gives it, and the name is another's");
        }
      }
    }
    return new MetricSnapshots(all);
  }

  private static String name(MetricSnapshot snapshot) {
    return snapshot.getMetadata().getPrometheusName();
  }

  /** Under which names it stands in a scrape. */
  private static List<String> names(MetricSnapshot snapshot) {
    String name = name(snapshot);
    if (snapshot instanceof CounterSnapshot) {
      return List.of(name, name + "_total");
    }
    if (snapshot instanceof InfoSnapshot) {
      return List.of(name, name + "_info");
    }
    return snapshot instanceof HistogramSnapshot || snapshot instanceof SummarySnapshot
        ? List.of(name, name + "_bucket", name + "_count", name + "_sum")
        : List.of(name);
  }
}
