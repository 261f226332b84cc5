package dev.ss.config;

import dev.ss.job.Objectives;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Configures what the operator promises of a job type. What is left out is not promised. */
record ObjectivesSection(
    @Meaning(
            value =
                "how long after it could start an attempt must have started. Delay that the client"
                    + " asked for and the wait before a retry do not count",
            defaultText = "no objective")
        @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
        @Nullable Duration startWithin,
    @Meaning(
            value =
                "how long after it was due a job must be final, all its attempts included. Cancelled"
                    + " jobs do not count",
            defaultText = "no objective")
        @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
        @Nullable Duration endWithin,
    @Meaning("whether jobs must succeed. Cancelled jobs do not count") Boolean succeed,
    @Meaning(
            "the part of the jobs that must meet each objective; alerts watch how fast the rest is"
                + " used up")
        @DecimalMin("0.5")
        @DecimalMax(
            value = "1",
            inclusive = false,
            message = "must be less than 1: no target leaves room for no miss at all")
        Double target) {

  private static final double TARGET = 0.99;

  /** Replaces missing values with their defaults. */
  ObjectivesSection {
    succeed = Objects.requireNonNullElse(succeed, false);
    target = Objects.requireNonNullElse(target, TARGET);
  }

  /** The section of a job type that leaves it out. */
  static ObjectivesSection none() {
    return new ObjectivesSection(null, null, false, TARGET);
  }

  Objectives objectives() {
    return new Objectives(
        Optional.ofNullable(startWithin).map(Duration::toJavaDuration),
        Optional.ofNullable(endWithin).map(Duration::toJavaDuration),
        succeed,
        target);
  }
}
