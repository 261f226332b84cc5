package dev.ss.bridge.internal.scrape;

import java.lang.ref.SoftReference;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Bodies that are not in use: never more than there were scrapes at once. The last one that was put
 * back is taken first, so that one is usually enough.
 */
final class Bodies {
  /** Softly, because one has the size of the largest scrape, which may have been a rare one. */
  private final Deque<SoftReference<Body>> unused = new ConcurrentLinkedDeque<>();

  Body take() {
    for (var next = unused.pollFirst(); next != null; next = unused.pollFirst()) {
      Body body = next.get();
      if (body != null) {
        return body;
      }
    }
    return new Body();
  }

  void putBack(Body body) {
    unused.addFirst(new SoftReference<>(body));
  }
}
