package dev.ss.worker.claim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Collects what the claim loop waits for: finished attempts and requests to look for jobs.
 * Thread-safe.
 */
final class Inbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private List<FinishedAttempt> finished = new ArrayList<>();
  private boolean look;

  /** Adds a finished attempt. */
  void finished(FinishedAttempt attempt) {
    lock.lock();
    try {
      finished.add(attempt);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the claim loop, so that it looks for jobs. */
  void look() {
    lock.lock();
    try {
      look = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits up to {@code time} for either of the two, and takes all finished attempts. */
  List<FinishedAttempt> await(Duration time) throws InterruptedException {
    long nanos = time.toNanos();
    lock.lock();
    try {
      while (finished.isEmpty() && !look && nanos > 0) {
        nanos = arrived.awaitNanos(nanos);
      }
      look = false;
      List<FinishedAttempt> taken = finished;
      finished = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
