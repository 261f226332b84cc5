package dev.ss.bridge;

import dev.ss.bridge.internal.exposition.ExpositionBuffer;
import dev.ss.bridge.internal.scrape.Exchange;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;

/**
 * Serves a registry's metrics. It answers {@code GET} and {@code HEAD}. {@code Accept} chooses the
 * format (text 0.0.4, OpenMetrics 1.0 or protobuf), {@code Accept-Encoding} may allow gzip, and the
 * parameter {@code name[]} picks families. Thread-safe.
 */
public final class MetricsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient GuardedEndpoint endpoint;

  /** Serves a registry with the default limit of 4 different scrapes at once. */
  public MetricsServlet(BridgeRegistry registry) {
    this(registry, BridgeSettings.CONCURRENT_SCRAPES, () -> {});
  }

  /**
   * Serves a registry.
   *
   * @param concurrentScrapes how many different scrapes may be read at once; further ones get 503
   *     at once. Equal requests share a scrape
   * @param scraped runs after each answered {@code GET}, but not after those with {@code ?peek}, by
   *     which a person or a page says that it is not the scraper a stopping process waits for
   */
  public MetricsServlet(BridgeRegistry registry, int concurrentScrapes, Runnable scraped) {
    this(GuardedEndpoint.open(registry, concurrentScrapes, scraped));
  }

  MetricsServlet(GuardedEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    endpoint.answer(new ServletExchange(request, response));
  }

  private record ServletExchange(HttpServletRequest request, HttpServletResponse response)
      implements Exchange {
    @Override
    public String method() {
      return request.getMethod();
    }

    /** Does not use the servlet's parameters, which fail on bytes that are not UTF-8. */
    @Override
    public Optional<String> query() {
      return Optional.ofNullable(request.getQueryString());
    }

    @Override
    public Optional<String> header(String name) {
      return Collections.list(request.getHeaders(name)).stream()
          .reduce((one, other) -> one + "," + other);
    }

    @Override
    public void setHeader(String name, String value) {
      response.setHeader(name, value);
    }

    @Override
    public void refuse(int status) throws IOException {
      response.sendError(status);
    }

    @Override
    public void answer(ExpositionBuffer page, boolean withBody) throws IOException {
      response.setContentLength(page.size());
      if (withBody) {
        page.sendTo(response.getOutputStream());
      }
    }
  }
}
