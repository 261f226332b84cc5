package dev.ss.bridge.internal.scrape;

import dev.ss.bridge.internal.export.Scrape;
import dev.ss.bridge.internal.exposition.ExpositionBuffer;
import dev.ss.bridge.internal.exposition.ExpositionFormat;
import dev.ss.bridge.internal.exposition.Gzip;

/** The buffers that answers are written to, one answer at a time. Not thread-safe. */
final class ScrapeBuffers {
  private final ExpositionBuffer plain = new ExpositionBuffer();
  private final ExpositionBuffer packed = new ExpositionBuffer();
  private final Gzip gzip = new Gzip();

  /** Writes a whole answer. It is valid until the next call. */
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
