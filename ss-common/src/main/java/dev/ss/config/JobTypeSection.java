package dev.ss.config;

import dev.ss.job.JobType;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A kind of job.
 *
 * @param command the program, found on the worker's PATH unless it is a path, and its arguments
 * @param timeout for one attempt
 * @param maxAttempts unless a submission says otherwise
 * @param maxRunning how many attempts may run at once, over all workers; any number if left out
 */
public record JobTypeSection(
    @NotEmpty(message = "must name a program, as in [wc, -w]") List<@NotBlank String> command,
    @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 7, unit = TimeUnit.DAYS)
        Duration timeout,
    @Min(1) @Max(MAX_ATTEMPTS) Integer maxAttempts,
    @Min(1) Integer maxRunning) {

  /** The most attempts a job can have. */
  public static final int MAX_ATTEMPTS = 100;

  /** What is left out takes its default, but for the command and the limit, which has none. */
  public JobTypeSection {
    timeout = Objects.requireNonNullElseGet(timeout, () -> Duration.hours(1));
    maxAttempts = Objects.requireNonNullElse(maxAttempts, 3);
  }

  JobType jobType(String name) {
    return new JobType(
        name, command, timeout.toJavaDuration(), maxAttempts, Optional.ofNullable(maxRunning));
  }
}
