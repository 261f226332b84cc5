package dev.ss.metrics.bridge;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import dev.ss.metrics.bridge.scrape.GuardedReads;
import java.util.Optional;

/** A metric of somebody's, whose code runs at each scrape and is not to be trusted. */
final class ReadMetric implements Metric, GuardedReads.Source {
  private final String family;
  private final Gauge<?> gauge;
  private final boolean mayBeUnknown;

  /**
   * A metric to read.
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

  /** What can be exported of a value that was read. */
  static Optional<Object> exportable(Object value) {
    return value instanceof SampledReading ? Optional.of(value) : number(value).map(x -> x);
  }

  /** Texts and lists have no value in Prometheus. */
  private static Optional<Double> number(Object value) {
    if (value instanceof Number number) {
      return Optional.of(number.doubleValue());
    }
    return value instanceof Boolean yes ? Optional.of(yes ? 1.0 : 0.0) : Optional.empty();
  }
}
