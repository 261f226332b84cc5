package dev.ss.worker.claim;

import dev.ss.job.Attempt;
import dev.ss.metrics.BusySeconds;
import dev.ss.store.JobQueue.Hold;
import dev.ss.worker.run.KillSwitch;
import dev.ss.worker.run.KillSwitch.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The attempts of this worker, each from its claim until its end is stored. Thread-safe. */
public final class RunningJobs {
  private final Map<Hold, Slot> slots = new ConcurrentHashMap<>();
  private final BusySeconds busy;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean lost;

  /**
   * @param busy counts the time in which slots are in use
   */
  public RunningJobs(BusySeconds busy) {
    this.busy = busy;
  }

  /**
   * An attempt and the means to end it.
   *
   * @param predecessor another attempt of the same job that this worker still runs, which must end
   *     first; there is one only after this process stood still for longer than a lease
   * @param commandEnded completes when nothing of the attempt runs any more
   */
  record Slot(
      Attempt attempt,
      KillSwitch killSwitch,
      Optional<Slot> predecessor,
      CompletableFuture<Void> commandEnded) {
    Hold hold() {
      return Hold.of(attempt);
    }

    boolean isLost() {
      return killSwitch.isThrown(Reason.LEASE_LOST);
    }
  }

  /** How many there are. */
  public int count() {
    return slots.size();
  }

  /** Takes a slot for an attempt, and kills an older attempt of the same job. */
  Slot begin(Attempt attempt) {
    Optional<Slot> predecessor =
        slots.values().stream()
            .filter(slot -> slot.attempt().jobId().equals(attempt.jobId()))
            .findFirst();
    predecessor.ifPresent(slot -> slot.killSwitch().kill(Reason.LEASE_LOST));
    Slot slot = new Slot(attempt, new KillSwitch(), predecessor, new CompletableFuture<>());
    busy.begin();
    slots.put(slot.hold(), slot);
    if (lost) {
      slot.killSwitch().kill(Reason.LEASE_LOST);
    }
    return slot;
  }

  /** Frees the slot. */
  void end(Slot slot) {
    busy.end();
    slots.remove(slot.hold());
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Kills all, now and from now on: this worker's name has become another process's. */
  void lose() {
    lost = true;
    kill(Reason.LEASE_LOST);
  }

  void kill(Reason reason) {
    all().forEach(slot -> slot.killSwitch().kill(reason));
  }

  /** Whether one is being killed because its job is no longer this worker's. */
  boolean anyLost() {
    return slots.values().stream().anyMatch(Slot::isLost);
  }

  Collection<Slot> all() {
    return List.copyOf(slots.values());
  }

  Set<Hold> holds() {
    return Set.copyOf(slots.keySet());
  }

  /** Waits until there is none, or the time is over. */
  boolean awaitNone(Duration time) throws InterruptedException {
    long nanos = time.toNanos();
    lock.lock();
    try {
      while (!slots.isEmpty() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return slots.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
