package dev.ss.drill.check;

import dev.ss.config.WorkerSection;

/**
 * By when a job runs again whose worker has gone silent.
 *
 * <p>With {@code h} the heartbeat interval and {@code m} the number of heartbeats that may be
 * missed ({@value WorkerSection#MISSED_HEARTBEATS_LIMIT}): the last heartbeat was at most {@code h}
 * before the fault; an execution is dead {@code m × h} after its last heartbeat; every other worker
 * looks for dead ones with a pause of {@code 2 × h}, and queues the job for at once; the next poll
 * picks it, as soon as a slot is free. So a job runs again
 *
 * <pre>
 *   (m − 1) × h  …  (m + 2) × h + poll interval + what is left of the shortest running job
 * </pre>
 *
 * after the fault. Where there is no other worker, it is counted from the return of the only one.
 *
 * @param heartbeat seconds between two heartbeats
 * @param poll seconds between two looks for jobs
 * @param slot seconds until a slot is free
 */
public record RecoveryBound(double heartbeat, double poll, double slot) {
  /** For the processes to get the processor; not SS's. */
  private static final double TOLERANCE_SECONDS = 3;

  /** The latest time, in seconds after the fault. */
  public double latest() {
    return (WorkerSection.MISSED_HEARTBEATS_LIMIT + 2) * heartbeat + poll + slot;
  }

  /** How long a worker may be silent, in seconds. */
  public double lease() {
    return WorkerSection.MISSED_HEARTBEATS_LIMIT * heartbeat;
  }

  /** How long a worker must be silent until all of its jobs have been taken from it. */
  public double silence() {
    return (WorkerSection.MISSED_HEARTBEATS_LIMIT + 3) * heartbeat;
  }

  /** Whether a measured time is within the bound, on a machine that is busy with all of this. */
  public boolean holds(double seconds) {
    return seconds <= latest() + TOLERANCE_SECONDS;
  }
}
