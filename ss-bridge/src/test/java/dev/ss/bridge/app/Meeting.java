package dev.ss.bridge.app;

import java.util.concurrent.CountDownLatch;

/** A place where a gauge waits until the test lets it go on. */
final class Meeting {
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  /** Waits, as a gauge that has a value in the end. */
  int await() {
    arrived.countDown();
    pass(released);
    return 1;
  }

  void awaitArrival() {
    pass(arrived);
  }

  void release() {
    released.countDown();
  }

  private static void pass(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
