package dev.ss.bridge.internal.scrape;

import dev.ss.bridge.internal.export.Scrape;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * {@code GET} and {@code HEAD} of the metrics, in the format the client prefers, compressed if it
 * likes, whole or only the families named by {@code name[]}. Thread-safe.
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
   * @param metrics gives a scrape of the families whose names it is asked for
   * @param concurrentScrapes how many different scrapes may be read at once
   * @param scraped is told of each scrape that has been answered, but not of those that say {@code
   *     ?peek}: a person's look, or a page's, is not the scraper that a stopping process waits for
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

  /** False if there are too many scrapes at once. */
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
