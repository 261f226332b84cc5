package dev.ss.worker.claim;

import dev.ss.boot.PeriodicTask;
import dev.ss.store.JobQueue;
import dev.ss.store.JobQueue.Hold;
import dev.ss.worker.run.KillSwitch.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Asks the database at each poll interval which of this worker's attempts it still owns, and kills
 * those that it has lost or that a client has cancelled. While the database is unavailable, the
 * commands go on: in an outage that all workers share, no worker loses a job.
 */
final class OwnershipWatch {
  private final JobQueue queue;
  private final RunningJobs running;
  private final PeriodicTask task;
  private volatile long lastAnswerNanos = System.nanoTime();

  OwnershipWatch(JobQueue queue, RunningJobs running, Duration interval) {
    this.queue = queue;
    this.running = running;
    this.task = new PeriodicTask("ownership-watch", interval, this::check);
  }

  void start() {
    task.start();
  }

  void stop() {
    task.stop();
  }

  /** Whether the database's last answer is older than {@code age}. */
  boolean isOlderThan(Duration age) {
    return System.nanoTime() - lastAnswerNanos > age.toNanos();
  }

  /** Asks once, and kills the attempts that are lost or cancelled. */
  void check() {
    long asked = System.nanoTime();
    // Listed before the query: an attempt that begins after the query would look lost.
    Collection<RunningJobs.Slot> slots = running.all();
    if (!slots.isEmpty()) {
      Map<Hold, Boolean> ours =
          queue.cancelRequests(
              slots.stream().map(RunningJobs.Slot::hold).collect(Collectors.toSet()));
      slots.forEach(slot -> compare(slot, ours.get(slot.hold())));
    }
    lastAnswerNanos = asked;
  }

  private static void compare(RunningJobs.Slot slot, Boolean cancelRequested) {
    if (cancelRequested == null) {
      slot.killSwitch().kill(Reason.LEASE_LOST);
    } else if (cancelRequested) {
      slot.killSwitch().kill(Reason.CANCELLED);
    }
  }
}
