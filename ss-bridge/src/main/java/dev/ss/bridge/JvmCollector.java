package dev.ss.bridge;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * The JVM's and the process's metrics, with the standard names {@code jvm_…} and {@code process_…},
 * from {@code prometheus-metrics-instrumentation-jvm}.
 */
public final class JvmCollector {
  private JvmCollector() {}

  /** Adds them to a registry. */
  public static void register(BridgeRegistry registry) {
    PrometheusRegistry jvm = new PrometheusRegistry();
    JvmMetrics.builder().register(jvm);
    registry.collector("jvm", jvm::scrape);
  }

  /** Whether the library they come from is there. */
  static boolean isAvailable() {
    try {
      Class.forName("io.prometheus.metrics.instrumentation.jvm.JvmMetrics");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
