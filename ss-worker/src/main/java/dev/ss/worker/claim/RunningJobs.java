package dev.ss.worker.claim;

import dev.ss.job.Attempt;
import dev.ss.store.JobQueue.Hold;
import dev.ss.worker.metrics.BusySeconds;
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

/**
 * The attempts that occupy this worker's slots, each from its claim until its result is stored.
 * Thread-safe.
 */
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
   * @param predecessor an earlier attempt of the same job that this worker still runs and that must
   *     end first; there is one only after this process was frozen for longer than a lease
   * @param commandEnded completes when no process of the attempt runs any more
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

  /** How many slots are in use. */
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

  /**
   * Kills all attempts, also those that begin later, because another process has this worker's
   * name.
   */
  void lose() {
    lost = true;
    kill(Reason.LEASE_LOST);
  }

  void kill(Reason reason) {
    all().forEach(slot -> slot.killSwitch().kill(reason));
  }

  /** Whether an attempt is being killed because this worker has lost its job. */
  boolean anyLost() {
    return slots.values().stream().anyMatch(Slot::isLost);
  }

  Collection<Slot> all() {
    return List.copyOf(slots.values());
  }

  Set<Hold> holds() {
    return Set.copyOf(slots.keySet());
  }

  /** Waits up to {@code time} until no slot is in use. Returns whether that is so. */
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
