package dev.ss.worker.claim;

import dev.ss.store.JobQueue;
import dev.ss.store.JobQueue.Hold;
import dev.ss.worker.run.KillSwitch.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database, each time that it runs, which of this worker's attempts the worker still owns.
 * Kills those that it has lost or that a client has cancelled. While the database is unavailable,
 * the commands go on: in an outage that all workers share, no worker loses a job.
 */
final class OwnershipWatch implements Runnable {
  private final JobQueue queue;
  private final RunningJobs running;
  private final LongSupplier nanoTime;
  private volatile long lastAnswerNanos;

  OwnershipWatch(JobQueue queue, RunningJobs running, LongSupplier nanoTime) {
    this.queue = queue;
    this.running = running;
    this.nanoTime = nanoTime;
    this.lastAnswerNanos = nanoTime.getAsLong();
  }

  /** Whether the database's last answer is older than {@code age}. */
  boolean isOlderThan(Duration age) {
    return nanoTime.getAsLong() - lastAnswerNanos > age.toNanos();
  }

  @Override
  public void run() {
    long asked = nanoTime.getAsLong();
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

  private static void compare(RunningJobs.Slot slot, @Nullable Boolean cancelRequested) {
    if (cancelRequested == null) {
      slot.killSwitch().kill(Reason.LEASE_LOST);
    } else if (cancelRequested) {
      slot.killSwitch().kill(Reason.CANCELLED);
    }
  }
}
