package dev.ss.bridge;

import com.codahale.metrics.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How a collector fares, as metrics: a part of a scrape that is missing says so elsewhere in it.
 */
public final class CollectorStatus {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Clock clock;
  private final AtomicReference<Run> last = new AtomicReference<>();
  private final AtomicReference<Long> lastSuccessMillis = new AtomicReference<>();

  private record Run(boolean success, Duration took) {}

  /**
   * Declares the metrics of a collector; they are absent until it has run.
   *
   * @param collector its name, which is a label's value
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

  /** The collector has just succeeded. */
  public void succeeded(Duration took) {
    last.set(new Run(true, took));
    lastSuccessMillis.set(clock.getTime());
  }

  /** The collector has just failed, or has been given up. */
  public void failed(Duration took) {
    last.set(new Run(false, took));
  }
}
