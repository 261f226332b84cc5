package dev.ss.bridge;

import dev.ss.bridge.internal.scrape.GuardedReads;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Whole families that come from elsewhere, such as the Java client's own collectors. */
final class ExternalCollectors {
  private final List<External> collectors = new CopyOnWriteArrayList<>();

  void add(String name, Supplier<MetricSnapshots> collector, CollectorStatus status) {
    collectors.add(new External(name, collector, status));
  }

  /** Each gives {@link MetricSnapshots}. */
  List<GuardedReads.Source> toRead() {
    return Collections.unmodifiableList(collectors);
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

    @Override
    public void failed(Duration took) {
      status.failed(took);
    }
  }
}
