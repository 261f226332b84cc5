package dev.ss.metrics.bridge;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistryListener;
import com.codahale.metrics.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports metrics that others register in the registry, each as a family without labels under a
 * name made from its own.
 */
final class ForeignMetrics extends MetricRegistryListener.Base {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignMetrics.class);
  private static final LabelPair[] NO_LABELS = {};

  /** Dropwizard's gauges of the JVM; the Java client's own, with standard names, stand for them. */
  private static final String JVM_PREFIX = "jvm.";

  private final ExportedMetrics exported;
  private final Map<String, FamilySpec<?>> families = new ConcurrentHashMap<>();

  ForeignMetrics(ExportedMetrics exported) {
    this.exported = exported;
  }

  @Override
  public void onTimerAdded(String name, Timer timer) {
    if (timer instanceof BucketTimer bucketTimer) {
      String family = snakeCase(name) + "_seconds";
      add(name, FamilySpec.histogram(family, bucketTimer.histogram().buckets(), help(name)), timer);
    }
  }

  @Override
  public void onMeterAdded(String name, Meter meter) {
    add(name, FamilySpec.counter(snakeCase(name) + "_total", help(name)), meter);
  }

  @Override
  public void onCounterAdded(String name, Counter counter) {
    add(name, FamilySpec.gauge(snakeCase(name), help(name)), counter);
  }

  @Override
  public void onGaugeAdded(String name, Gauge<?> gauge) {
    add(name, FamilySpec.gauge(snakeCase(name), help(name)), gauge);
  }

  @Override
  public void onTimerRemoved(String name) {
    remove(name);
  }

  @Override
  public void onMeterRemoved(String name) {
    remove(name);
  }

  @Override
  public void onCounterRemoved(String name) {
    remove(name);
  }

  @Override
  public void onGaugeRemoved(String name) {
    remove(name);
  }

  private void add(String name, FamilySpec<?> spec, Metric metric) {
    if (isOurs(name) || name.startsWith(JVM_PREFIX)) {
      return;
    }
    if (exported.has(spec)) {
      LOG.warn(
          "{} is not exported: {} is the name of another metric, or too like it.",
          name,
          spec.name());
      return;
    }
    exported.add(spec, NO_LABELS, metric);
    families.put(name, spec);
  }

  private void remove(String name) {
    Optional.ofNullable(families.remove(name)).ifPresent(exported::remove);
  }

  /** A series of a declared family; it exports itself. */
  private static boolean isOurs(String name) {
    return name.endsWith("}");
  }

  private static String help(String name) {
    return "Dropwizard metric " + name;
  }

  /**
   * {@code org.eclipse.jetty.QueuedThreadPool.dw.jobs} → {@code
   * org_eclipse_jetty_queued_thread_pool_dw_jobs}.
   */
  static String snakeCase(String name) {
    String snake =
        name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
            .replaceAll("[^A-Za-z0-9]+", "_")
            .replaceAll("^_+|_+$", "")
            .toLowerCase(Locale.ROOT);
    return snake.isEmpty() || Character.isDigit(snake.charAt(0)) ? "_" + snake : snake;
  }
}
