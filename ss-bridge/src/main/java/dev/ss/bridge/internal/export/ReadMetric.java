package dev.ss.bridge.internal.export;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import org.jspecify.annotations.Nullable;

/** A metric that runs untrusted code at each scrape. */
public final class ReadMetric implements Metric, GuardedReads.Source {
  private final String name;
  private final Gauge<?> gauge;
  private final double perExported;
  private final boolean mayBeUnknown;

  /**
   * Makes a metric to read.
   *
   * @param name the metric's name in the registry, or the name of the declared family
   * @param mayBeUnknown whether null is a legitimate value
   */
  public ReadMetric(String name, Gauge<?> gauge, boolean mayBeUnknown) {
    this(name, gauge, 1, mayBeUnknown);
  }

  private ReadMetric(String name, Gauge<?> gauge, double perExported, boolean mayBeUnknown) {
    this.name = name;
    this.gauge = gauge;
    this.perExported = perExported;
    this.mayBeUnknown = mayBeUnknown;
  }

  /**
   * Makes a metric to read, for which null is not legitimate.
   *
   * @param perExported what its numbers are divided by
   */
  ReadMetric(String name, Gauge<?> gauge, double perExported) {
    this(name, gauge, perExported, false);
  }

  boolean mayBeUnknown() {
    return mayBeUnknown;
  }

  @Override
  public String name() {
    return name;
  }

  /** Converts a number to a double here, because the conversion may be untrusted code too. */
  @Override
  public @Nullable Object read() {
    Object value = gauge.getValue();
    if (value instanceof Number number) {
      return number.doubleValue() / perExported;
    }
    return value instanceof Boolean yes ? Double.valueOf(yes ? 1 : 0) : value;
  }
}
