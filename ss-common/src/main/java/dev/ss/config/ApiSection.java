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
import java.util.concurrent.TimeUnit;

/**
 * The API process.
 *
 * @param bindHost the address to listen on; the API has no authentication, so by default only this
 *     machine can reach it
 * @param maxInputSize of one job, in UTF-8
 * @param maxWait the longest {@code timeout} a client may wait for a job with
 * @param queueInterval how often the queue is counted for the metrics; a count is shown for three
 *     intervals
 * @param lastScrapeWait how long a stopping process waits to be scraped once more
 * @param statusPage whether there is a page for people at {@code /}
 */
public record ApiSection(
    @Min(1) @Max(65535) Integer port,
    @NotBlank String bindHost,
    @MinDataSize(1) @MaxDataSize(value = 64, unit = DataSizeUnit.MEBIBYTES) DataSize maxInputSize,
    @MinDuration(1) @MaxDuration(value = 1, unit = TimeUnit.HOURS) Duration maxWait,
    @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.HOURS)
        Duration queueInterval,
    @MinDuration(0) @MaxDuration(value = 10, unit = TimeUnit.MINUTES) Duration lastScrapeWait,
    Boolean statusPage) {

  /** What is left out takes its default. */
  public ApiSection {
    port = Objects.requireNonNullElse(port, 8000);
    bindHost = Objects.requireNonNullElse(bindHost, "127.0.0.1");
    maxInputSize = Objects.requireNonNullElseGet(maxInputSize, () -> DataSize.mebibytes(1));
    maxWait = Objects.requireNonNullElseGet(maxWait, () -> Duration.minutes(5));
    queueInterval = Objects.requireNonNullElseGet(queueInterval, () -> Duration.seconds(5));
    lastScrapeWait = Objects.requireNonNullElseGet(lastScrapeWait, () -> Duration.seconds(0));
    statusPage = Objects.requireNonNullElse(statusPage, true);
  }

  static ApiSection defaults() {
    return new ApiSection(null, null, null, null, null, null, null);
  }
}
