package dev.ss.config;

import io.dropwizard.util.DataSize;
import io.dropwizard.util.DataSizeUnit;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDataSize;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDataSize;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Configures the API process.
 *
 * @param bindHost the address to listen on; by default only this machine can reach the API, because
 *     it has no authentication
 * @param maxInputSize the maximum size of one job's input, in UTF-8
 * @param maxBatchSize the maximum size of the body of a batch of submissions
 * @param maxQueuedJobs the API refuses submissions while this many jobs are queued; 0 for no limit
 * @param maxWait the maximum {@code timeout} of a request that waits for a job
 * @param queueInterval how often the API counts the queue, for the metrics and for {@code
 *     maxQueuedJobs}; a count is used for three intervals
 * @param shutdownDelay how long a stopping process still answers requests while it reports that it
 *     is not ready
 * @param lastScrapeWait how long a stopping process waits for submissions that are being stored,
 *     and then, again at most this long, for a last scrape
 * @param statusPage whether to serve a status page at {@code /}
 */
public record ApiSection(
    @Min(1) @Max(65535) Integer port,
    @NotBlank String bindHost,
    @MinDataSize(1) @MaxDataSize(value = 64, unit = DataSizeUnit.MEBIBYTES) DataSize maxInputSize,
    @MinDataSize(1) @MaxDataSize(value = 256, unit = DataSizeUnit.MEBIBYTES) DataSize maxBatchSize,
    @Min(0) Integer maxQueuedJobs,
    @MinDuration(1) @MaxDuration(value = 1, unit = TimeUnit.HOURS) Duration maxWait,
    @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.HOURS)
        Duration queueInterval,
    @MinDuration(0) @MaxDuration(value = 10, unit = TimeUnit.MINUTES) Duration shutdownDelay,
    @MinDuration(0) @MaxDuration(value = 10, unit = TimeUnit.MINUTES) Duration lastScrapeWait,
    Boolean statusPage) {

  /** Replaces missing values with their defaults. */
  public ApiSection {
    port = Objects.requireNonNullElse(port, 8000);
    bindHost = Objects.requireNonNullElse(bindHost, "127.0.0.1");
    maxInputSize = Objects.requireNonNullElseGet(maxInputSize, () -> DataSize.mebibytes(1));
    maxBatchSize = Objects.requireNonNullElseGet(maxBatchSize, () -> DataSize.mebibytes(16));
    maxQueuedJobs = Objects.requireNonNullElse(maxQueuedJobs, 100_000);
    maxWait = Objects.requireNonNullElseGet(maxWait, () -> Duration.minutes(5));
    queueInterval = Objects.requireNonNullElseGet(queueInterval, () -> Duration.seconds(5));
    shutdownDelay = Objects.requireNonNullElseGet(shutdownDelay, () -> Duration.seconds(0));
    lastScrapeWait = Objects.requireNonNullElseGet(lastScrapeWait, () -> Duration.seconds(0));
    statusPage = Objects.requireNonNullElse(statusPage, true);
  }

  static ApiSection defaults() {
    return new ApiSection(null, null, null, null, null, null, null, null, null, null);
  }

  /** The maximum number of queued jobs; empty for no limit. */
  public OptionalLong queueLimit() {
    return maxQueuedJobs == 0 ? OptionalLong.empty() : OptionalLong.of(maxQueuedJobs);
  }
}
