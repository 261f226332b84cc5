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
 * Asks the database a few times a second which of this worker's attempts are still its own and
 * still wanted, and kills the others. While it cannot ask, the commands go on: an outage that all
 * workers share takes no job from anybody.
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

  /** Whether the last answer is older than this. */
  boolean isOlderThan(Duration age) {
    return System.nanoTime() - lastAnswerNanos > age.toNanos();
  }

  /** Asks once, and kills what is lost or cancelled. */
  void check() {
    long asked = System.nanoTime();
    // Taken before the question: an attempt that begins after it cannot be in the answer.
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
