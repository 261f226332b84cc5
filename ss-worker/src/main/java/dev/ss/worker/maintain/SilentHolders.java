package dev.ss.worker.maintain;

import dev.ss.store.LostJobs.Holder;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which workers are lost. A worker is lost if it wrote no heartbeat during a whole lease in
 * which this process was in contact with the database without interruption. After a database
 * outage, or after this process was frozen, every other worker has a whole lease again. The
 * decision does not depend on the clocks of other machines. Not thread-safe.
 */
public final class SilentHolders {
  private final Duration lease;

  /** A longer time between two checks counts as an interruption. */
  private final Duration maxGap;

  private final Map<Holder, Long> firstSeenNanos = new HashMap<>();
  private long lastLookNanos;

  /**
   * @param interval the time between two checks
   */
  public SilentHolders(Duration lease, Duration interval) {
    this.lease = lease;
    this.maxGap = interval.multipliedBy(2);
  }

  /** Gives every worker a whole lease again, because contact with the database was lost. */
  void interrupted() {
    firstSeenNanos.clear();
  }

  /**
   * Checks the workers once.
   *
   * @param holders the workers that hold running jobs, each with its last heartbeat
   * @param nowNanos when the check began, by the monotonic clock
   * @return the workers that are lost
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
