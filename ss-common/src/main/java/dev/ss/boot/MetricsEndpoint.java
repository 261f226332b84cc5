package dev.ss.boot;

import dev.ss.metrics.bridge.BridgeRegistry;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.http.HttpServlet;

/** {@code GET /metrics}: what the registry exports, and the JVM's own metrics. */
public final class MetricsEndpoint {
  /** Where it is served. */
  public static final String PATH = "/metrics";

  private final PrometheusRegistry prometheus = new PrometheusRegistry();

  MetricsEndpoint(BridgeRegistry registry) {
    JvmMetrics.builder().register(prometheus);
    prometheus.register(registry.exported());
  }

  /** The servlet to mount at {@link #PATH}. */
  public HttpServlet servlet() {
    return new PrometheusMetricsServlet(prometheus);
  }
}
