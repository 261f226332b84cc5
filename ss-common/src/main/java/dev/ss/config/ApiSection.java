package dev.ss.config;

import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import io.dropwizard.request.logging.RequestLogFactory;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.DataSizeUnit;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDataSize;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDataSize;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;

/** Configures the API process. */
public record ApiSection(
    @Meaning(
            value =
                "where the API listens, `/metrics` included: "
                    + "[a connector section of Dropwizard](#connectors), `type: http` or `https`",
            defaultText = "`type: http`")
        @Valid
        ConnectorSection connector,
    @Meaning(
            value =
                "Dropwizard's [request log](https://www.dropwizard.io/en/stable/manual/"
                    + "configuration.html#request-log). What it writes has the clients' paths, "
                    + "queries and addresses",
            defaultText = "no request log")
        @Valid
        RequestLogFactory<?> requestLog,
    @Meaning(
            "the maximum number of connections from one address; 0 means half of all that "
                + "the process has room for. This machine's own addresses have no such limit")
        @Min(0)
        Integer maxConnectionsPerAddress,
    @Meaning(
            "the maximum size of a job's input. One in JSON may have at most 1MiB of UTF-8, "
                + "whatever this says")
        @MinDataSize(1)
        @MaxDataSize(value = 1, unit = DataSizeUnit.GIBIBYTES)
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

  private static final int USUAL_PORT = 8000;

  /** Replaces missing values with their defaults. */
  @NullUnmarked
  public ApiSection {
    connector =
        connector == null
            ? ConnectorSection.onPort(USUAL_PORT)
            : connector.withDefaultPort(USUAL_PORT);
    requestLog = Objects.requireNonNullElseGet(requestLog, ApiSection::noRequestLog);
    maxConnectionsPerAddress = Objects.requireNonNullElse(maxConnectionsPerAddress, 0);
    maxInputSize = Objects.requireNonNullElseGet(maxInputSize, () -> DataSize.mebibytes(64));
    maxBatchSize = Objects.requireNonNullElseGet(maxBatchSize, () -> DataSize.mebibytes(16));
    maxQueuedJobs = Objects.requireNonNullElse(maxQueuedJobs, 100_000);
    maxWait = Objects.requireNonNullElseGet(maxWait, () -> Duration.minutes(5));
    queueInterval = Objects.requireNonNullElseGet(queueInterval, () -> Duration.seconds(5));
    shutdownDelay = Objects.requireNonNullElseGet(shutdownDelay, () -> Duration.seconds(0));
    lastScrapeWait = Objects.requireNonNullElseGet(lastScrapeWait, () -> Duration.seconds(0));
    statusPage = Objects.requireNonNullElse(statusPage, true);
  }

  private static RequestLogFactory<?> noRequestLog() {
    LogbackAccessRequestLogFactory none = new LogbackAccessRequestLogFactory();
    none.setAppenders(List.of());
    return none;
  }

  static ApiSection defaults() {
    return new ApiSection(null, null, null, null, null, null, null, null, null, null, null);
  }

  /** The maximum number of queued jobs; empty for no limit. */
  public OptionalLong queueLimit() {
    return maxQueuedJobs == 0 ? OptionalLong.empty() : OptionalLong.of(maxQueuedJobs);
  }
}
