package dev.ss.worker.claim;

import dev.ss.boot.Ticker;
import dev.ss.store.Attempts;
import dev.ss.worker.run.KillSwitch.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks the database, a few times a second while jobs run, whether they are still this worker's and
 * still wanted. When it cannot ask for as long as a lease lasts, others may have taken the jobs,
 * and their commands are killed here.
 */
final class LeaseWatch {
  private final String workerId;
  private final Attempts attempts;
  private final RunningJobs running;
  private final Duration lease;
  private final Ticker ticker;
  private long lastAnswerNanos = System.nanoTime();

  LeaseWatch(
      String workerId, Attempts attempts, RunningJobs running, Duration interval, Duration lease) {
    this.workerId = workerId;
    this.attempts = attempts;
    this.running = running;
    this.lease = lease;
    this.ticker = new Ticker("lease-watch", interval, this::look);
  }

  void start() {
    ticker.start();
  }

  void stop() {
    ticker.stop();
  }

  private void look() {
    // Taken before the question: what is started after it cannot be in the answer.
    Collection<RunningJobs.Slot> slots = running.all();
    if (slots.isEmpty()) {
      lastAnswerNanos = System.nanoTime();
      return;
    }
    try {
      Map<UUID, Attempts.Running> known =
          attempts.runningOn(workerId).stream()
              .collect(Collectors.toMap(Attempts.Running::jobId, Function.identity()));
      lastAnswerNanos = System.nanoTime();
      slots.forEach(slot -> compare(slot, known.get(slot.attempt().jobId())));
    } catch (RuntimeException e) {
      if (System.nanoTime() - lastAnswerNanos > lease.toNanos()) {
        slots.forEach(slot -> slot.killSwitch().kill(Reason.LEASE_LOST));
      }
      throw e;
    }
  }

  private static void compare(RunningJobs.Slot slot, Attempts.Running known) {
    if (known == null || known.run() != slot.attempt().run()) {
      slot.killSwitch().kill(Reason.LEASE_LOST);
    } else if (known.cancelRequested()) {
      slot.killSwitch().kill(Reason.CANCELLED);
    }
  }
}
