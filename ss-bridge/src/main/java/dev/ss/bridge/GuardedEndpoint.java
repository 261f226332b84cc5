package dev.ss.bridge;

import dev.ss.bridge.internal.scrape.Endpoint;
import dev.ss.bridge.internal.scrape.Exchange;
import java.io.IOException;
import java.util.Optional;

/** An endpoint that answers only the requests that {@link ScrapeAccess} does not refuse. */
record GuardedEndpoint(Endpoint endpoint, ScrapeAccess access) {

  static GuardedEndpoint open(BridgeRegistry registry, int concurrentScrapes, Runnable scraped) {
    return new GuardedEndpoint(
        new Endpoint(registry::scrape, concurrentScrapes, scraped), ScrapeAccess.OPEN);
  }

  void answer(Exchange exchange) throws IOException {
    Optional<ScrapeAccess.Refusal> refusal = access.refusal(exchange::header);
    if (refusal.isEmpty()) {
      endpoint.answer(exchange);
    } else {
      refusal.get().headers().forEach(exchange::setHeader);
      exchange.refuse(refusal.get().status());
    }
  }
}
