package dev.ss.bridge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.ss.bridge.internal.exposition.ExpositionBuffer;
import dev.ss.bridge.internal.scrape.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Serves a registry's metrics from the JDK's HTTP server, as {@link MetricsServlet} does from a
 * servlet container. Thread-safe.
 *
 * <pre>{@code
 * HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 9400), 0);
 * server.createContext("/metrics", new MetricsHandler(registry));
 * server.setExecutor(Executors.newFixedThreadPool(4));
 * server.start();
 * }</pre>
 */
public final class MetricsHandler implements HttpHandler {
  private static final int OK = 200;
  private static final int NO_BODY = -1;

  private final GuardedEndpoint endpoint;

  /** Serves a registry with the default limit of 4 different scrapes at once. */
  public MetricsHandler(BridgeRegistry registry) {
    this(registry, BridgeSettings.CONCURRENT_SCRAPES);
  }

  /**
   * Serves a registry.
   *
   * @param concurrentScrapes how many different scrapes may be read at once; further ones get 503
   *     at once. Equal requests share a scrape
   */
  public MetricsHandler(BridgeRegistry registry, int concurrentScrapes) {
    this(GuardedEndpoint.open(registry, concurrentScrapes, () -> {}));
  }

  MetricsHandler(GuardedEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      endpoint.answer(new JdkExchange(exchange));
    }
  }

  private record JdkExchange(HttpExchange exchange) implements Exchange {
    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public Optional<String> query() {
      return Optional.ofNullable(exchange.getRequestURI().getRawQuery());
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(exchange.getRequestHeaders().get(name)).map(JdkExchange::joined);
    }

    private static String joined(List<String> values) {
      return String.join(",", values);
    }

    @Override
    public void setHeader(String name, String value) {
      exchange.getResponseHeaders().set(name, value);
    }

    @Override
    public void refuse(int status) throws IOException {
      exchange.sendResponseHeaders(status, NO_BODY);
    }

    @Override
    public void answer(ExpositionBuffer page, boolean withBody) throws IOException {
      if (withBody && page.size() > 0) {
        exchange.sendResponseHeaders(OK, page.size());
        try (OutputStream body = exchange.getResponseBody()) {
          page.sendTo(body);
        }
      } else {
        setHeader("Content-Length", Integer.toString(page.size()));
        exchange.sendResponseHeaders(OK, NO_BODY);
      }
    }
  }
}
