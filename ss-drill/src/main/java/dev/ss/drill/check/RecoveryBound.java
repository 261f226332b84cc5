package dev.ss.drill.check;

import dev.ss.config.WorkerSection;

/**
 * The latest time at which a job runs again after its worker has gone silent.
 *
 * <p>With {@code h} the heartbeat interval and {@code m} the number of heartbeats that may be
 * missed ({@value WorkerSection#MISSED_HEARTBEATS_LIMIT}): the last heartbeat was at most {@code h}
 * before the fault. An execution is dead {@code m × h} after its last heartbeat. Every other worker
 * looks for dead executions with a pause of {@code 2 × h}, and queues the job for immediate
 * execution. The next poll picks it, as soon as a slot is free. So a job runs again
 *
 * <pre>
 *   (m − 1) × h  …  (m + 2) × h + poll interval + what is left of the shortest running job
 * </pre>
 *
 * <p>after the fault. If there is no other worker, the time counts from the return of the only one.
 *
 * @param heartbeat seconds between two heartbeats
 * @param poll seconds between two looks for jobs
 * @param slot seconds until a slot is free
 */
public record RecoveryBound(double heartbeat, double poll, double slot) {
  /** Allows for a busy processor; not part of SS's bound. */
  private static final double TOLERANCE_SECONDS = 3;

  /** Returns the latest time, in seconds after the fault. */
  public double latest() {
    return (WorkerSection.MISSED_HEARTBEATS_LIMIT + 2) * heartbeat + poll + slot;
  }

  /** Returns how long a worker may be silent, in seconds. */
  public double lease() {
    return WorkerSection.MISSED_HEARTBEATS_LIMIT * heartbeat;
  }

  /**
   * Returns how long a worker must be silent until all its jobs have been taken from it, in
   * seconds.
   */
  public double silence() {
    return (WorkerSection.MISSED_HEARTBEATS_LIMIT + 3) * heartbeat;
  }

  /** Returns whether a measured time is within the bound, allowing for a busy machine. */
  public boolean holds(double seconds) {
    return seconds <= latest() + TOLERANCE_SECONDS;
  }
}
