package dev.ss.bench.micro;

import dev.ss.metrics.bridge.BridgeRegistry;
import dev.ss.metrics.bridge.scrape.Scrape;
import dev.ss.metrics.bridge.text.Gzip;
import dev.ss.metrics.bridge.text.Page;
import dev.ss.metrics.bridge.text.TextFormat;
import java.io.IOException;
import java.io.OutputStream;

/** How this bridge's servlet answers a scrape, on pages that it uses again. */
final class OurScrape {
  private final Page plain = new Page();
  private final Page packed = new Page();
  private final Gzip gzip = new Gzip();

  void write(BridgeRegistry registry, ScrapeFormat format, OutputStream output) throws IOException {
    plain.clear();
    Scrape scrape = registry.scrape(name -> true);
    switch (format) {
      case TEXT, TEXT_GZIP -> scrape.write(TextFormat.PROMETHEUS, plain);
      case OPEN_METRICS -> scrape.write(TextFormat.OPEN_METRICS, plain);
      case PROTOBUF -> format.write(scrape.snapshots(), plain);
    }
    answer(format).sendTo(output);
  }

  private Page answer(ScrapeFormat format) {
    if (format != ScrapeFormat.TEXT_GZIP) {
      return plain;
    }
    packed.clear();
    gzip.pack(plain, packed);
    return packed;
  }
}
