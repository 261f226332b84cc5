package dev.ss.worker.claim;

import dev.ss.job.Attempt;
import dev.ss.metrics.BusySeconds;
import dev.ss.worker.run.KillSwitch;
import dev.ss.worker.run.KillSwitch.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The attempts this worker is at, each from its start to its committed end. */
public final class RunningJobs {
  private final Map<UUID, Slot> slots = new ConcurrentHashMap<>();
  private final BusySeconds busy;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition emptied = lock.newCondition();
  private volatile boolean lost;

  /** None yet; counts the time in use there. */
  public RunningJobs(BusySeconds busy) {
    this.busy = busy;
  }

  /** An attempt and the means to end it. */
  record Slot(Attempt attempt, KillSwitch killSwitch) {}

  /** How many there are. */
  public int count() {
    return slots.size();
  }

  Slot begin(Attempt attempt) {
    Slot slot = new Slot(attempt, new KillSwitch());
    busy.begin();
    slots.put(attempt.jobId(), slot);
    if (lost) {
      slot.killSwitch().kill(Reason.LEASE_LOST);
    }
    return slot;
  }

  void end(Slot slot) {
    busy.end();
    slots.remove(slot.attempt().jobId(), slot);
    lock.lock();
    try {
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** None of them is this worker's any more, and none will be. */
  void lose() {
    lost = true;
    all().forEach(slot -> slot.killSwitch().kill(Reason.LEASE_LOST));
  }

  /** Those there are now. */
  Collection<Slot> all() {
    return List.copyOf(slots.values());
  }

  /** Waits until there is none, or the time is over. */
  boolean awaitNone(Duration time) throws InterruptedException {
    long nanos = time.toNanos();
    lock.lock();
    try {
      while (!slots.isEmpty() && nanos > 0) {
        nanos = emptied.awaitNanos(nanos);
      }
      return slots.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
