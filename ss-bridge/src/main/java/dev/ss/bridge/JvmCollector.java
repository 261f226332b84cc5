package dev.ss.bridge;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * The metrics of the JVM and the process, with the standard names {@code jvm_…} and {@code
 * process_…}, from {@code prometheus-metrics-instrumentation-jvm}.
 */
public final class JvmCollector {
  private JvmCollector() {}

  /**
   * Adds these metrics to a registry, as a collector named {@code jvm}.
   *
   * @throws IllegalArgumentException if the registry has them already
   */
  public static void register(BridgeRegistry registry) {
    PrometheusRegistry jvm = new PrometheusRegistry();
    JvmMetrics.builder().register(jvm);
    registry.collector("jvm", jvm::scrape);
  }

  /** Whether {@code prometheus-metrics-instrumentation-jvm} is on the class path. */
  static boolean isAvailable() {
    try {
      Class.forName("io.prometheus.metrics.instrumentation.jvm.JvmMetrics");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
