package dev.ss.metrics.bridge;

import dev.ss.metrics.bridge.scrape.GuardedReads;
import dev.ss.metrics.bridge.scrape.GuardedReads.Outcome;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Whole families that come from elsewhere, such as the Java client's own collectors. */
final class ExternalCollectors {
  private final List<External> collectors = new CopyOnWriteArrayList<>();
  private final GuardedReads reads;
  private final Drops drops;

  ExternalCollectors(GuardedReads reads, Drops drops) {
    this.reads = reads;
    this.drops = drops;
  }

  void add(String name, Supplier<MetricSnapshots> collector, CollectorStatus status) {
    collectors.add(new External(name, collector, status));
  }

  /** What each gives now; one that fails is counted and gives nothing. */
  List<MetricSnapshots> collect() {
    List<MetricSnapshots> collected = new ArrayList<>();
    for (Outcome outcome : reads.read(collectors)) {
      if (outcome instanceof Outcome.Value read) {
        collected.add((MetricSnapshots) read.value());
      } else if (outcome instanceof Outcome.Failure failure) {
        ((External) failure.source()).status.failed(failure.took());
        drops.failed(failure.source().name(), failure.reason());
      }
    }
    return collected;
  }

  private record External(String name, Supplier<MetricSnapshots> collector, CollectorStatus status)
      implements GuardedReads.Source {
    @Override
    public MetricSnapshots read() {
      long begin = System.nanoTime();
      MetricSnapshots snapshots = Objects.requireNonNull(collector.get());
      status.succeeded(Duration.ofNanos(System.nanoTime() - begin));
      return snapshots;
    }
  }
}
