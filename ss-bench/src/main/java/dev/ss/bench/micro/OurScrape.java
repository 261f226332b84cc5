package dev.ss.bench.micro;

import dev.ss.metrics.bridge.BridgeRegistry;
import java.io.IOException;
import java.io.OutputStream;

/** How this bridge answers a scrape. */
final class OurScrape {
  private OurScrape() {}

  static void write(BridgeRegistry registry, ScrapeFormat format, OutputStream output)
      throws IOException {
    try (OutputStream encoded = format.encoded(output)) {
      format.write(registry.collect(name -> true), encoded);
    }
  }
}
