package dev.ss.bridge.internal.export;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;

/** A metric of somebody's, whose code runs at each scrape and is not to be trusted. */
public final class ReadMetric implements Metric, GuardedReads.Source {
  private final String name;
  private final Gauge<?> gauge;
  private final double perExported;
  private final boolean mayBeUnknown;

  /**
   * A metric to read.
   *
   * @param name in the registry, or that of the family that the application has declared
   * @param mayBeUnknown whether null is a fair answer
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
   * A metric of somebody's to read.
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

  /** A number as a double: converting it may be somebody's code too. */
  @Override
  public Object read() {
    Object value = gauge.getValue();
    if (value instanceof Number number) {
      return number.doubleValue() / perExported;
    }
    return value instanceof Boolean yes ? Double.valueOf(yes ? 1 : 0) : value;
  }

  /** Whether it can be exported: texts and lists have no value in Prometheus. */
  static boolean isExportable(Object read) {
    return read instanceof Double || read instanceof SampledReading;
  }
}
