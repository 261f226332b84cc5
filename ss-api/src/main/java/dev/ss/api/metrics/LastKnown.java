package dev.ss.api.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was last read from the database, for as long as it is recent. A scrape never waits for the
 * database; an old number that looks current is worse than none. Thread-safe.
 */
final class LastKnown<T> {
  private final Duration maxAge;
  private final Clock clock;
  private volatile Optional<Taken<T>> last = Optional.empty();

  private record Taken<T>(T value, Instant at) {}

  /**
   * Knows nothing yet.
   *
   * @param maxAge the age beyond which it is no longer reported
   */
  LastKnown(Duration maxAge, Clock clock) {
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /** The value has just been read. */
  void is(T value) {
    last = Optional.of(new Taken<>(value, clock.instant()));
  }

  /** Returns a number of it; null, and so no series, if nothing recent is known. */
  @Nullable Number number(Function<T, @Nullable Number> number) {
    return last.filter(taken -> !taken.at().plus(maxAge).isBefore(clock.instant()))
        .<Number>map(taken -> number.apply(taken.value()))
        .orElse(null);
  }
}
