package dev.ss.bridge.internal.export;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Whole families that come from elsewhere, such as those of the Java client's JVM metrics.
 *
 * @param succeeded is told how long the families took
 * @param failed is told after how long there were none
 */
public record Collector(
    String name,
    Supplier<MetricSnapshots> families,
    Consumer<Duration> succeeded,
    Consumer<Duration> failed)
    implements GuardedReads.Source {
  @Override
  public MetricSnapshots read() {
    long begin = System.nanoTime();
    MetricSnapshots snapshots = Objects.requireNonNull(families.get());
    succeeded.accept(Duration.ofNanos(System.nanoTime() - begin));
    return snapshots;
  }

  @Override
  public void failed(Duration took) {
    failed.accept(took);
  }
}
