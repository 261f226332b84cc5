package dev.ss.bench.micro;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Answers a scrape as this bridge does in the JDK's HTTP server, without the server and its
 * sockets.
 */
final class OurScrape {
  private final MetricsHandler handler;

  OurScrape(BridgeRegistry registry) {
    handler = new MetricsHandler(registry);
  }

  void write(ScrapeFormat format, OutputStream output) throws IOException {
    handler.handle(new ScrapeExchange(format, output));
  }
}
