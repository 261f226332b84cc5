package dev.ss.bridge.internal.export;

import dev.ss.bridge.internal.export.GuardedReads.Outcome;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Makes scrapes: reads untrusted code under guard, and sorts the families. Thread-safe. */
public final class Scraper {
  private final List<Collector> collectors = new CopyOnWriteArrayList<>();
  private final ExportedFamilies exported;
  private final GuardedReads reads;
  private final DroppedMetrics drops;

  /** Scrapes these families, without collectors at first. */
  public Scraper(ExportedFamilies exported, GuardedReads reads, DroppedMetrics drops) {
    this.exported = exported;
    this.reads = reads;
    this.drops = drops;
  }

  /** Adds a collector, which is called at each scrape. */
  public void add(Collector collector) {
    collectors.add(collector);
  }

  /** Scrapes the families whose names are wanted. */
  public Scrape scrape(Predicate<String> wanted) {
    long begun = System.nanoTime(); // one budget for both
    // Collectors first, because gauges export how they went.
    List<Outcome> outcomes = new ArrayList<>(reads.read(collectors, begun));
    outcomes.addAll(reads.read(exported.toRead(wanted), begun));
    List<MetricSnapshot> collected = new ArrayList<>();
    Readings readings = new Readings(drops);
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Failure failure) {
        drops.failed(failure.source().name(), failure.reason());
      } else if (outcome instanceof Outcome.Value given) {
        if (given.source() instanceof ReadMetric metric) {
          readings.put(metric, given.value());
        } else if (given.value() instanceof MetricSnapshots snapshots) {
          snapshots.forEach(collected::add);
        }
      }
    }
    List<ScrapedFamily> families = new ArrayList<>(distinct(collected, wanted));
    // Only now, because a failed read may just have created the series that counts it.
    families.addAll(exported.families(wanted, readings));
    return new Scrape(families);
  }

  /**
   * Returns the collectors' wanted families, without those that use a name of the registry's or of
   * an earlier family.
   */
  private List<CollectedFamily> distinct(List<MetricSnapshot> collected, Predicate<String> wanted) {
    Set<String> taken = new HashSet<>();
    List<CollectedFamily> distinct = new ArrayList<>();
    for (MetricSnapshot snapshot : collected) {
      CollectedFamily family = new CollectedFamily(snapshot);
      List<String> names = SampleNames.of(snapshot);
      if (!wanted.test(family.modelName())) {
        continue;
      }
      if (names.stream().anyMatch(exported::isClaimed) || !Collections.disjoint(taken, names)) {
        drops.failed(family.modelName(), "a collector gives it, and the name is another's");
      } else {
        taken.addAll(names);
        distinct.add(family);
      }
    }
    return distinct;
  }
}
