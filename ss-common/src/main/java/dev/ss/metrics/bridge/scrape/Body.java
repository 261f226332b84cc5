package dev.ss.metrics.bridge.scrape;

import dev.ss.metrics.bridge.text.Gzip;
import dev.ss.metrics.bridge.text.Page;
import java.io.IOException;

/** What answers are written on, one after the other. */
final class Body {
  private final Page plain = new Page();
  private final Page packed = new Page();
  private final Gzip gzip = new Gzip();

  /** The whole of an answer, before its first byte goes out; good until the next. */
  Page write(Format format, Scrape scrape, boolean compress) throws IOException {
    plain.clear();
    format.write(scrape, plain);
    if (!compress) {
      return plain;
    }
    packed.clear();
    gzip.pack(plain, packed);
    return packed;
  }
}
