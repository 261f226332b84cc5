package dev.ss.worker.claim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the claim loop waits for: finished attempts, and requests to look for jobs. Thread-safe. */
final class Inbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private List<FinishedAttempt> finished = new ArrayList<>();
  private boolean look;

  /** An attempt has ended. */
  void finished(FinishedAttempt attempt) {
    lock.lock();
    try {
      finished.add(attempt);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** There may be jobs to claim. */
  void look() {
    lock.lock();
    try {
      look = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the first of both, no longer than this, and takes all finished attempts. */
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
