package dev.ss.worker.maintain;

import dev.ss.store.LostJobs.Holder;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which workers are lost: those that gave no sign of life during a whole lease in which
 * this worker itself was in contact with the database without interruption. After an outage, or
 * after this process stood still, every other worker has a whole lease again to show that it lives.
 * Clocks play no part. Not thread-safe.
 */
final class SilentHolders {
  private final Duration lease;

  /** A longer time between two looks is an interruption. */
  private final Duration maxGap;

  private final Map<Holder, Long> firstSeenNanos = new HashMap<>();
  private long lastLookNanos;

  /**
   * @param interval between two looks
   */
  SilentHolders(Duration lease, Duration interval) {
    this.lease = lease;
    this.maxGap = interval.multipliedBy(2);
  }

  /** Contact with the database was lost. */
  void interrupted() {
    firstSeenNanos.clear();
  }

  /**
   * Takes note of a look.
   *
   * @param holders the workers that hold running jobs, each with its last sign of life
   * @param nowNanos when the look began, by the monotonic clock
   * @return those that are lost
   */
  List<Holder> look(Collection<Holder> holders, long nowNanos) {
    if (nowNanos - lastLookNanos > maxGap.toNanos()) {
      interrupted();
    }
    lastLookNanos = nowNanos;
    firstSeenNanos.keySet().retainAll(holders);
    holders.forEach(holder -> firstSeenNanos.putIfAbsent(holder, nowNanos));
    return firstSeenNanos.entrySet().stream()
        .filter(seen -> nowNanos - seen.getValue() >= lease.toNanos())
        .map(Map.Entry::getKey)
        .toList();
  }
}
