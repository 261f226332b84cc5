package dev.ss.metrics.bridge;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import dev.ss.metrics.bridge.scrape.GuardedReads;
import java.util.Optional;

/** A gauge of somebody's, whose code runs at each scrape and is not to be trusted. */
final class ReadMetric implements Metric, GuardedReads.Source {
  private final String family;
  private final Gauge<?> gauge;
  private final boolean mayBeUnknown;

  /**
   * A gauge to read.
   *
   * @param family the family it is a series of
   * @param mayBeUnknown whether null is a fair answer
   */
  ReadMetric(String family, Gauge<?> gauge, boolean mayBeUnknown) {
    this.family = family;
    this.gauge = gauge;
    this.mayBeUnknown = mayBeUnknown;
  }

  boolean mayBeUnknown() {
    return mayBeUnknown;
  }

  @Override
  public String name() {
    return family;
  }

  @Override
  public Object read() {
    return gauge.getValue();
  }

  /** Texts and lists have no value in Prometheus. */
  static Optional<Double> number(Object value) {
    if (value instanceof Number number) {
      return Optional.of(number.doubleValue());
    }
    return value instanceof Boolean yes ? Optional.of(yes ? 1.0 : 0.0) : Optional.empty();
  }
}
