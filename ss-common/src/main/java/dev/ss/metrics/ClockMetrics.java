package dev.ss.metrics;

import dev.ss.bridge.BridgeRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** How far this machine's clock is from the database's. */
public final class ClockMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private ClockMetrics() {}

  /**
   * Registers the one series that says so.
   *
   * @param offset the database's time less this machine's; there is no series while it is nothing
   */
  public static void register(BridgeRegistry registry, Supplier<Optional<Duration>> offset) {
    registry.read(
        Catalogue.DATABASE_CLOCK_OFFSET.spec(),
        () -> offset.get().map(each -> each.toNanos() / NANOS_PER_SECOND).orElse(null));
  }
}
