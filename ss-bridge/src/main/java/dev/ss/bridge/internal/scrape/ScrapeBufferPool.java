package dev.ss.bridge.internal.scrape;

import java.lang.ref.SoftReference;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A pool of unused {@link ScrapeBuffers}, never more than there were scrapes at once. It hands out
 * the most recently returned ones first, so that one is usually enough. Thread-safe.
 */
final class ScrapeBufferPool {
  /** Soft references, because a buffer keeps the size of its largest scrape, which may be rare. */
  private final Deque<SoftReference<ScrapeBuffers>> unused = new ConcurrentLinkedDeque<>();

  ScrapeBuffers take() {
    for (var next = unused.pollFirst(); next != null; next = unused.pollFirst()) {
      ScrapeBuffers body = next.get();
      if (body != null) {
        return body;
      }
    }
    return new ScrapeBuffers();
  }

  void putBack(ScrapeBuffers body) {
    unused.addFirst(new SoftReference<>(body));
  }
}
