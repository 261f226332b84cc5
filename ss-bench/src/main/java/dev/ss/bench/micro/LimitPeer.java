package dev.ss.bench.micro;

import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/** The practical limit, found by its label in a map; it is never scraped. */
final class LimitPeer implements Peer {
  private final Map<String, Limit> series = new HashMap<>();

  @Override
  public LongConsumer series(String route) {
    Limit limit = new Limit();
    series.put(route, limit);
    return limit::record;
  }

  @Override
  public void scrape(ScrapeFormat format, OutputStream output) {
    throw new UnsupportedOperationException("the limit is only recorded into");
  }
}
