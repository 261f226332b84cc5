package dev.ss.bridge.internal.scrape;

import dev.ss.bridge.internal.export.Scrape;
import dev.ss.bridge.internal.exposition.ExpositionBuffer;
import dev.ss.bridge.internal.exposition.ExpositionFormat;
import dev.ss.bridge.internal.exposition.Gzip;

/** What answers are written on, one after the other. */
final class ScrapeBuffers {
  private final ExpositionBuffer plain = new ExpositionBuffer();
  private final ExpositionBuffer packed = new ExpositionBuffer();
  private final Gzip gzip = new Gzip();

  /** The whole of an answer, before its first byte goes out; good until the next. */
  ExpositionBuffer write(ExpositionFormat format, Scrape scrape, boolean compress) {
    plain.clear();
    scrape.write(format, plain);
    if (!compress) {
      return plain;
    }
    packed.clear();
    gzip.pack(plain, packed);
    return packed;
  }
}
