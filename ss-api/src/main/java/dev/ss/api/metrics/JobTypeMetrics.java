package dev.ss.api.metrics;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.metrics.Catalogue;
import dev.ss.metrics.JobTypeLabel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reports when a job of each type last succeeded, as it was last read from the database. When that
 * was too long ago, the series are absent, like those of {@link QueueMetrics}.
 */
public final class JobTypeMetrics {
  private static final double MILLIS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);

  private final LastKnown<Map<String, Instant>> lastSuccesses;

  /**
   * Declares the family.
   *
   * @param jobTypes the names of the configured types; others are not reported
   * @param maxAge the maximum age of what is reported
   */
  public JobTypeMetrics(
      BridgeRegistry registry, Collection<String> jobTypes, Duration maxAge, Clock clock) {
    this.lastSuccesses = new LastKnown<>(maxAge, clock);
    for (String type : jobTypes) {
      registry.read(
          Catalogue.JOB_LAST_SUCCESS.spec(),
          () -> lastSuccesses.number(all -> seconds(all.get(type))),
          JobTypeLabel.is(type));
    }
  }

  /** Reports how long each type may be without a success, which needs no database. */
  public static void limits(BridgeRegistry registry, Map<String, Duration> maxTimes) {
    maxTimes.forEach(
        (type, limit) ->
            registry.read(
                Catalogue.JOB_TYPE_SUCCESS_INTERVAL_LIMIT.spec(),
                () -> limit.toMillis() / MILLIS_PER_SECOND,
                JobTypeLabel.is(type)));
  }

  /** The last successes have been read. */
  public void read(Map<String, Instant> successes) {
    lastSuccesses.is(Map.copyOf(successes));
  }

  private static @Nullable Number seconds(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli() / MILLIS_PER_SECOND;
  }
}
