package dev.ss.metrics;

import dev.ss.bridge.BridgeRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Reports the difference between this machine's clock and the database's as a metric. */
public final class ClockMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private ClockMetrics() {}

  /**
   * Registers the only series.
   *
   * @param offset the database's time minus this machine's; while it is empty, the series is absent
   */
  public static void register(BridgeRegistry registry, Supplier<Optional<Duration>> offset) {
    registry.read(
        Catalogue.DATABASE_CLOCK_OFFSET.spec(),
        () -> offset.get().map(each -> each.toNanos() / NANOS_PER_SECOND).orElse(null));
  }
}
