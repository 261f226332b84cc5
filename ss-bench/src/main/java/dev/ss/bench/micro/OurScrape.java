package dev.ss.bench.micro;

import dev.ss.bridge.BenchedRegistry;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.internal.export.Scrape;
import dev.ss.bridge.internal.exposition.ExpositionFormat;
import dev.ss.bridge.internal.exposition.Gzip;
import dev.ss.bridge.internal.exposition.Page;
import java.io.IOException;
import java.io.OutputStream;

/** How this bridge's servlet answers a scrape, on pages that it uses again. */
final class OurScrape {
  private final Page plain = new Page();
  private final Page packed = new Page();
  private final Gzip gzip = new Gzip();

  void write(BridgeRegistry registry, ScrapeFormat format, OutputStream output) throws IOException {
    plain.clear();
    Scrape scrape = BenchedRegistry.scrape(registry);
    switch (format) {
      case TEXT, TEXT_GZIP -> scrape.write(ExpositionFormat.TEXT, plain);
      case OPEN_METRICS -> scrape.write(ExpositionFormat.OPEN_METRICS, plain);
      case PROTOBUF -> scrape.write(ExpositionFormat.PROTOBUF, plain);
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
