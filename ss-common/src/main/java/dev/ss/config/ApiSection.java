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
import org.jspecify.annotations.NullUnmarked;

/** Configures the API process. */
public record ApiSection(
    @Meaning("the port of the API, which also serves `/metrics`") @Min(1) @Max(65535) Integer port,
    @Meaning(
            "the address to listen on. There is no authentication, so the default is "
                + "reachable from this machine only")
        @NotBlank
        String bindHost,
    @Meaning("the maximum size of a job's input, in bytes of UTF-8")
        @MinDataSize(1)
        @MaxDataSize(value = 64, unit = DataSizeUnit.MEBIBYTES)
        DataSize maxInputSize,
    @Meaning("the maximum size of the body of `POST /v1/jobs/batch`")
        @MinDataSize(1)
        @MaxDataSize(value = 256, unit = DataSizeUnit.MEBIBYTES)
        DataSize maxBatchSize,
    @Meaning(
            "the limit of the queue: with more jobs queued, the API answers "
                + "submissions with 429; 0 means no limit")
        @Min(0)
        Integer maxQueuedJobs,
    @Meaning("the maximum `timeout` that a client may ask `/wait` for")
        @MinDuration(1)
        @MaxDuration(value = 1, unit = TimeUnit.HOURS)
        Duration maxWait,
    @Meaning(
            "how often the API counts the queue, for its metrics and for "
                + "`maxQueuedJobs`. After three intervals without a new count, the queue's "
                + "metrics disappear and the limit is not applied")
        @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.HOURS)
        Duration queueInterval,
    @Meaning(
            "how long a stopping API still answers requests while `/health/ready` is "
                + "503, so that a load balancer can notice")
        @MinDuration(0)
        @MaxDuration(value = 10, unit = TimeUnit.MINUTES)
        Duration shutdownDelay,
    @Meaning(
            "how long a stopping API waits for submissions that are being stored, "
                + "and then for a last scrape, if it has been scraped before. Meanwhile it "
                + "refuses submissions")
        @MinDuration(0)
        @MaxDuration(value = 10, unit = TimeUnit.MINUTES)
        Duration lastScrapeWait,
    @Meaning("whether the API serves the status page at `/`") Boolean statusPage) {

  /** Replaces missing values with their defaults. */
  @NullUnmarked
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
