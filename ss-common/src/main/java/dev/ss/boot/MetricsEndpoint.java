package dev.ss.boot;

import dev.ss.metrics.bridge.BridgeRegistry;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

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
    return new GetOnly(prometheus);
  }

  /** A plain servlet would answer OPTIONS, echo TRACE, and word errors in its own way. */
  private static final class GetOnly extends PrometheusMetricsServlet {
    private static final long serialVersionUID = 1L;

    GetOnly(PrometheusRegistry registry) {
      super(registry);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
        response.setHeader("Allow", "GET, HEAD");
        response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      } else if (isBroken(request.getQueryString())) {
        response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      } else {
        super.service(request, response);
      }
    }

    private static boolean isBroken(String query) {
      try {
        URLDecoder.decode(Objects.requireNonNullElse(query, ""), StandardCharsets.UTF_8);
        return false;
      } catch (IllegalArgumentException notPercentEncoded) {
        return true;
      }
    }
  }
}
