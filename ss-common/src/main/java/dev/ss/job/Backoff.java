package dev.ss.job;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The delay between a failed attempt and the next one. It grows exponentially up to a maximum.
 * Jitter keeps jobs that failed together from being retried together.
 *
 * @param initial the delay after the first failed attempt
 * @param multiplier the factor by which the delay grows with each further failed attempt
 * @param max the maximum delay, before jitter
 * @param jitter the fraction, 0 to 1, by which a delay is varied at random in both directions
 * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
 */
public record Backoff(
    Duration initial, double multiplier, Duration max, double jitter, DoubleSupplier random) {

  /** Returns the delay after attempt {@code attempt} (from 1) has failed. */
  public Duration after(int attempt) {
    double millis = initial.toMillis() * Math.pow(multiplier, attempt - 1);
    double capped = Math.min(millis, (double) max.toMillis());
    double varied = capped * (1 + jitter * (2 * random.getAsDouble() - 1));
    return Duration.ofMillis(Math.round(varied));
  }
}
