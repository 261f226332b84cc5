package dev.ss.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by reason, for this process itself to read. A family of metrics cannot be asked: to ask
 * for a series is to create it.
 *
 * @param <R> the reasons
 */
public final class TallyByReason<R extends Enum<R>> {
  private final Map<R, LongAdder> counts;

  public TallyByReason(Class<R> reasons) {
    counts = new EnumMap<>(reasons);
    for (R reason : reasons.getEnumConstants()) {
      counts.put(reason, new LongAdder());
    }
  }

  /** Counts one for this reason. */
  public void add(R reason) {
    counts.getOrDefault(reason, new LongAdder()).increment();
  }

  /** Returns how many have been counted for this reason. */
  public long count(R reason) {
    return counts.getOrDefault(reason, new LongAdder()).sum();
  }
}
