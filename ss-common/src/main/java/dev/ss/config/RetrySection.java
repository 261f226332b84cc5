package dev.ss.config;

import dev.ss.job.Backoff;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;

/** Configures the {@link Backoff} of jobs after failed attempts. */
public record RetrySection(
    @Meaning("the wait before a job's second attempt")
        @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.DAYS)
        Duration initialDelay,
    @Meaning("the factor by which each further wait is longer than the one before")
        @DecimalMin("1.0")
        @DecimalMax("10.0")
        Double multiplier,
    @Meaning("the maximum wait before an attempt")
        @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 7, unit = TimeUnit.DAYS)
        Duration maxDelay,
    @Meaning("the fraction by which each wait is varied at random")
        @DecimalMin("0.0")
        @DecimalMax("1.0")
        Double jitter) {

  /** Replaces missing values with their defaults. */
  @NullUnmarked
  public RetrySection {
    initialDelay = Objects.requireNonNullElseGet(initialDelay, () -> Duration.seconds(1));
    multiplier = Objects.requireNonNullElse(multiplier, 2.0);
    maxDelay = Objects.requireNonNullElseGet(maxDelay, () -> Duration.minutes(5));
    jitter = Objects.requireNonNullElse(jitter, 0.2);
  }

  /** The section of a config.yml that leaves it out. */
  public static RetrySection defaults() {
    return new RetrySection(null, null, null, null);
  }

  /** Creates the backoff that these values describe. */
  public Backoff backoff() {
    return new Backoff(
        initialDelay.toJavaDuration(),
        multiplier,
        maxDelay.toJavaDuration(),
        jitter,
        () -> ThreadLocalRandom.current().nextDouble());
  }
}
