package dev.ss.worker.claim;

import dev.ss.boot.RepeatedFailures;
import dev.ss.store.JobTypeStates;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Stores when a job of each type last succeeded. A type's time is written at most every five
 * seconds, so that thousands of short jobs cost few writes. Thread-safe.
 */
final class LastSuccesses {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final JobTypeStates states;
  private final RepeatedFailures failures;
  private final LongSupplier nanoTime;
  private final Map<String, Instant> unwritten = new HashMap<>();
  private final Map<String, Long> written = new HashMap<>();

  /**
   * @param failures logs writes that fail; they are repeated after the pause
   */
  LastSuccesses(JobTypeStates states, RepeatedFailures failures, LongSupplier nanoTime) {
    this.states = states;
    this.failures = failures;
    this.nanoTime = nanoTime;
  }

  /** A job of this type has succeeded, and that is committed. */
  synchronized void succeeded(String jobType, Instant at) {
    unwritten.merge(jobType, at, (one, other) -> one.isAfter(other) ? one : other);
  }

  /** Writes the new successes, if the pause since the last write is over for one of their types. */
  synchronized void writeIfDue() {
    long now = nanoTime.getAsLong();
    if (unwritten.keySet().stream().anyMatch(type -> isDue(type, now))) {
      write();
    }
  }

  private boolean isDue(String jobType, long now) {
    Long last = written.get(jobType);
    return last == null || now - last >= PAUSE.toNanos();
  }

  /** Writes the new successes now. */
  synchronized void write() {
    long now = nanoTime.getAsLong();
    unwritten.keySet().forEach(type -> written.put(type, now));
    try {
      states.succeeded(unwritten);
      unwritten.clear();
    } catch (RuntimeException e) {
      failures.failed(e);
    }
  }
}
