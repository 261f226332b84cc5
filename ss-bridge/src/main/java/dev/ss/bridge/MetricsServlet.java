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
 * Serves a registry's metrics: {@code GET} and {@code HEAD}, in the format that {@code Accept}
 * prefers (text 0.0.4, OpenMetrics 1.0 or protobuf), compressed if {@code Accept-Encoding} allows
 * gzip, all of them or the families that {@code name[]} names.
 */
public final class MetricsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient GuardedEndpoint endpoint;

  /** Serves a registry with the default limit of concurrent scrapes, which is 4. */
  public MetricsServlet(BridgeRegistry registry) {
    this(registry, BridgeSettings.CONCURRENT_SCRAPES, () -> {});
  }

  /**
   * Serves a registry.
   *
   * @param concurrentScrapes how many different scrapes may be read at once; requests for the same
   *     share one, and what is beyond is answered 503 at once
   * @param scraped is told of each scrape that has been answered, but not of those that say {@code
   *     ?peek}: a person's look, or a page's, is not the scraper that a stopping process waits for
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

    /** Not the servlet's parameters: for those, bytes that are no UTF-8 are an error. */
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
