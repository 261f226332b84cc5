package dev.ss.bridge.internal.export;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A source of whole families, such as the Java client's JVM metrics.
 *
 * @param succeeded receives how long a successful run took
 * @param failed receives how long a failed run took
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
