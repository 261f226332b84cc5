package dev.ss.config;

import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;

/** Configures how long final jobs are kept. */
public record RetentionSection(
    @Meaning(
            "how long SS keeps a final job, with its input, output and idempotency "
                + "key; `0s` keeps it for ever")
        @MinDuration(0)
        @MaxDuration(value = 36_500, unit = TimeUnit.DAYS)
        Duration finalJobs,
    @Meaning("how often each worker looks for jobs to delete")
        @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.DAYS)
        Duration interval) {

  /** Replaces missing values with their defaults. */
  @NullUnmarked
  public RetentionSection {
    finalJobs = Objects.requireNonNullElseGet(finalJobs, () -> Duration.days(7));
    interval = Objects.requireNonNullElseGet(interval, () -> Duration.minutes(1));
  }

  static RetentionSection defaults() {
    return new RetentionSection(null, null);
  }

  /** How long final jobs are kept; empty if for ever. */
  public Optional<java.time.Duration> ofFinalJobs() {
    return Optional.of(finalJobs.toJavaDuration()).filter(time -> !time.isZero());
  }
}
