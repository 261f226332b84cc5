package dev.ss.config;

import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How long what is over is kept.
 *
 * @param finalJobs from a job's end until it is deleted, with its input, its output and its
 *     idempotency key; 0 keeps them for ever
 * @param interval how often to look for what may go
 */
public record RetentionSection(
    @MinDuration(0) @MaxDuration(value = 36_500, unit = TimeUnit.DAYS) Duration finalJobs,
    @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.DAYS)
        Duration interval) {

  /** What is left out takes its default. */
  public RetentionSection {
    finalJobs = Objects.requireNonNullElseGet(finalJobs, () -> Duration.days(7));
    interval = Objects.requireNonNullElseGet(interval, () -> Duration.minutes(1));
  }

  static RetentionSection defaults() {
    return new RetentionSection(null, null);
  }

  /** How long a final job is kept; nothing if for ever. */
  public Optional<java.time.Duration> ofFinalJobs() {
    return Optional.of(finalJobs.toJavaDuration()).filter(time -> !time.isZero());
  }
}
