package dev.ss.bridge.internal.scrape;

import dev.ss.bridge.internal.export.Scrape;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Answers {@code GET} and {@code HEAD} requests for metrics: in the format that the client prefers,
 * compressed if it accepts that, and with all families or those that {@code name[]} names.
 * Thread-safe.
 */
public final class Endpoint {
  private static final int BAD_REQUEST = 400;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final SharedScrapes scrapes;
  private final Runnable scraped;

  /**
   * Serves these metrics.
   *
   * @param metrics makes a scrape of the families whose names the predicate accepts
   * @param concurrentScrapes how many different scrapes may be read at once
   * @param scraped runs after each answered {@code GET}, but not after those with {@code ?peek}, by
   *     which a person or a page says that it is not the scraper a stopping process waits for
   */
  public Endpoint(
      Function<Predicate<String>, Scrape> metrics, int concurrentScrapes, Runnable scraped) {
    this.scrapes = new SharedScrapes(metrics, concurrentScrapes);
    this.scraped = scraped;
  }

  /** Answers a request. */
  public void answer(Exchange exchange) throws IOException {
    boolean isGet = exchange.method().equals("GET");
    Optional<ScrapeQuery> query = ScrapeQuery.parse(exchange.query().orElse(""));
    if (!isGet && !exchange.method().equals("HEAD")) {
      exchange.setHeader("Allow", "GET, HEAD");
      exchange.refuse(METHOD_NOT_ALLOWED);
    } else if (query.isEmpty()) {
      exchange.refuse(BAD_REQUEST);
    } else if (!scrape(ScrapeRequest.of(exchange, query.get()), isGet, exchange)) {
      exchange.setHeader("Retry-After", "1");
      exchange.refuse(SERVICE_UNAVAILABLE);
    } else if (isGet && !query.get().isPeek()) {
      scraped.run();
    }
  }

  /** Returns false if there are too many scrapes at once. */
  private boolean scrape(ScrapeRequest request, boolean withBody, Exchange exchange)
      throws IOException {
    Optional<SharedScrapes.Answer> shared = scrapes.of(request);
    if (shared.isEmpty()) {
      return false;
    }
    try (SharedScrapes.Answer answer = shared.get()) {
      exchange.setHeader("Content-Type", request.contentType());
      exchange.setHeader("Vary", "Accept, Accept-Encoding");
      if (request.compressed()) {
        exchange.setHeader("Content-Encoding", "gzip");
      }
      exchange.answer(answer.page(), withBody);
    }
    return true;
  }
}
