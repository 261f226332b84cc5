package dev.ss.bridge;

import com.codahale.metrics.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Exports how a collector's last run went, so that a scrape itself tells which part of it is
 * missing. Thread-safe.
 */
public final class CollectorStatus {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Clock clock;
  private final AtomicReference<@Nullable Run> last = new AtomicReference<>();
  private final AtomicReference<@Nullable Long> lastSuccessMillis = new AtomicReference<>();

  private record Run(boolean success, Duration took) {}

  /**
   * Declares the metrics of a collector. They are absent until it has run.
   *
   * @param collector the collector's name, which is a label's value
   * @param clock the time of the last success
   * @throws IllegalArgumentException if there is a collector of this name
   */
  public CollectorStatus(BridgeRegistry registry, String collector, Clock clock) {
    this.clock = clock;
    OwnFamilies own = registry.ownFamilies();
    LabelPair label = Label.<String>ofType("collector", name -> name).is(collector);
    registry.read(
        own.collectorSuccess(),
        () -> last.get() == null ? null : last.get().success() ? 1 : 0,
        label);
    registry.read(
        own.collectorDuration(),
        () -> last.get() == null ? null : last.get().took().toMillis() / MILLIS_PER_SECOND,
        label);
    registry.read(
        own.collectorLastSuccess(),
        () -> lastSuccessMillis.get() == null ? null : lastSuccessMillis.get() / MILLIS_PER_SECOND,
        label);
  }

  /** Reports a successful run. */
  public void succeeded(Duration took) {
    last.set(new Run(true, took));
    lastSuccessMillis.set(clock.getTime());
  }

  /** Reports a run that failed or was given up. */
  public void failed(Duration took) {
    last.set(new Run(false, took));
  }
}
