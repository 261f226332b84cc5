package dev.ss.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.DataSizeUnit;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDataSize;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;

/** Configures a worker process. */
public record WorkerSection(
    @Meaning(
            "this worker's name, the same after each restart. If a live worker has "
                + "that name, this one does not start")
        @NotBlank
        @Pattern(
            regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,49}",
            message = "must be letters, digits, '.', '_' and '-', at most 50")
        String id,
    @Meaning("how many attempts the worker runs at once") @Min(1) @Max(1000) Integer slots,
    @Meaning(
            value =
                "where the worker serves `/metrics`: "
                    + "[a connector section of Dropwizard](#connectors), `type: http` or `https`",
            defaultText = "`type: http`")
        @Valid
        ConnectorSection connector,
    @Meaning(
            "how often the worker looks for due jobs and for cancelled ones. New "
                + "jobs also wake it at once, unless a pooler is between "
                + "([deploy.md](deploy.md))")
        @MinDuration(value = 10, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(60)
        Duration pollInterval,
    @Meaning(
            "how often the worker writes its heartbeat. After four intervals of "
                + "silence the others take over its jobs")
        @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 10, unit = TimeUnit.MINUTES)
        Duration heartbeatInterval,
    @Meaning("how long running attempts may go on after SIGTERM")
        @MinDuration(0)
        @MaxDuration(value = 1, unit = TimeUnit.DAYS)
        Duration gracePeriod,
    @Meaning("the time between asking a command to end (SIGTERM) and killing it (SIGKILL)")
        @MinDuration(0)
        @MaxDuration(value = 10, unit = TimeUnit.MINUTES)
        Duration killGracePeriod,
    @Meaning(
            "how much of a command's standard output, and of its standard error, SS keeps: the "
                + "beginning of the one, the beginning and the end of the other")
        @MaxDataSize(value = 1, unit = DataSizeUnit.GIBIBYTES)
        DataSize maxOutputSize,
    @Meaning("the directory in which each attempt gets its own working directory") @NotBlank
        String workDirectory,
    @Meaning(
            "how long a stopping worker waits after its last job for a last scrape, "
                + "if it has been scraped before")
        @MinDuration(0)
        @MaxDuration(value = 10, unit = TimeUnit.MINUTES)
        Duration lastScrapeWait,
    @Meaning(
            value =
                "the job types that this worker runs, as a list or separated by commas. "
                    + "Only their programs must be installed",
            defaultText = "all of `jobTypes`")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> jobTypes,
    @Meaning(
            value =
                "the users that commands run as: one, or at least as many as slots, so that each "
                    + "attempt has its own. The worker needs the rights of root; see "
                    + "[deploy.md](deploy.md)",
            defaultText = "the worker's user")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<
                @Pattern(
                    regexp = "[A-Za-z0-9_][A-Za-z0-9._-]{0,31}",
                    message = "must be names of users")
                String>
            runAs) {

  /** How many heartbeats may be missed before other workers take a worker's jobs. */
  public static final int MISSED_HEARTBEATS_LIMIT = 4;

  private static final int USUAL_PORT = 8001;

  /** Replaces missing values with their defaults. */
  @NullUnmarked
  public WorkerSection {
    id = Objects.requireNonNullElse(id, "worker-1");
    slots = Objects.requireNonNullElse(slots, 4);
    connector =
        connector == null
            ? ConnectorSection.onPort(USUAL_PORT)
            : connector.withDefaultPort(USUAL_PORT);
    pollInterval = Objects.requireNonNullElseGet(pollInterval, () -> Duration.milliseconds(200));
    heartbeatInterval = Objects.requireNonNullElseGet(heartbeatInterval, () -> Duration.seconds(5));
    gracePeriod = Objects.requireNonNullElseGet(gracePeriod, () -> Duration.seconds(20));
    killGracePeriod = Objects.requireNonNullElseGet(killGracePeriod, () -> Duration.seconds(2));
    maxOutputSize = Objects.requireNonNullElseGet(maxOutputSize, () -> DataSize.mebibytes(64));
    workDirectory = Objects.requireNonNullElse(workDirectory, "data/work");
    lastScrapeWait = Objects.requireNonNullElseGet(lastScrapeWait, () -> Duration.seconds(5));
    jobTypes = jobTypes == null ? List.of() : NameList.of(jobTypes);
    runAs = runAs == null ? List.of() : NameList.of(runAs);
  }

  /** The section of a config.yml that leaves it out. */
  public static WorkerSection defaults() {
    return new WorkerSection(
        null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** How long a worker may be silent before other workers take its jobs. */
  public java.time.Duration lease() {
    return heartbeatInterval.toJavaDuration().multipliedBy(MISSED_HEARTBEATS_LIMIT);
  }
}
