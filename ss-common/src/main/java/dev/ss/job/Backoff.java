package dev.ss.job;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long a job waits between a failed attempt and the next: exponential, with an upper limit and
 * jitter, so that jobs that failed together do not come back together.
 *
 * @param initial the wait after the first failed attempt
 * @param multiplier by which each further wait is longer
 * @param max the longest wait, before jitter
 * @param jitter the fraction, 0 to 1, by which a wait is varied at random in both directions
 * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
 */
public record Backoff(
    Duration initial, double multiplier, Duration max, double jitter, DoubleSupplier random) {

  /** The wait after attempt {@code attempt} (from 1) has failed. */
  public Duration after(int attempt) {
    double millis = initial.toMillis() * Math.pow(multiplier, attempt - 1);
    double capped = Math.min(millis, (double) max.toMillis());
    double varied = capped * (1 + jitter * (2 * random.getAsDouble() - 1));
    return Duration.ofMillis(Math.round(varied));
  }
}
