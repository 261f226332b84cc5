package dev.ss.bridge.internal.scrape;

import java.lang.ref.SoftReference;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * ScrapeBufferPool that are not in use: never more than there were scrapes at once. The last one
 * that was put back is taken first, so that one is usually enough.
 */
final class ScrapeBufferPool {
  /** Softly, because one has the size of the largest scrape, which may have been a rare one. */
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
