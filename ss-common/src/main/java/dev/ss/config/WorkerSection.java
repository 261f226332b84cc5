package dev.ss.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.DataSizeUnit;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDataSize;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Configures a worker process.
 *
 * @param id the name of this worker; it stays the same over restarts, and no two live workers share
 *     it
 * @param slots how many jobs the worker runs at once
 * @param metricsPort the port of {@code /metrics}; 0 opens no socket
 * @param bindHost the address to serve {@code /metrics} on
 * @param pollInterval how often the worker looks for jobs
 * @param heartbeatInterval how often the worker sends a heartbeat to the database; after four
 *     intervals without one, other workers take its jobs
 * @param gracePeriod how long running jobs may continue when the worker is stopped
 * @param killGracePeriod the time between asking a command to end and killing it
 * @param maxOutputSize how much SS keeps of each output stream of a command
 * @param workDirectory the directory in which attempts have their working directories
 * @param lastScrapeWait how long a stopping worker waits, after its last job, for a last scrape
 * @param jobTypes the job types that the worker runs; all types if empty. An entry may contain
 *     several names separated by commas, as in an environment variable
 */
public record WorkerSection(
    @NotBlank
        @Pattern(
            regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,49}",
            message = "must be letters, digits, '.', '_' and '-', at most 50")
        String id,
    @Min(1) @Max(1000) Integer slots,
    @Min(0) @Max(65535) Integer metricsPort,
    @NotBlank String bindHost,
    @MinDuration(value = 10, unit = TimeUnit.MILLISECONDS) @MaxDuration(60) Duration pollInterval,
    @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 10, unit = TimeUnit.MINUTES)
        Duration heartbeatInterval,
    @MinDuration(0) @MaxDuration(value = 1, unit = TimeUnit.DAYS) Duration gracePeriod,
    @MinDuration(0) @MaxDuration(value = 10, unit = TimeUnit.MINUTES) Duration killGracePeriod,
    @MaxDataSize(value = 64, unit = DataSizeUnit.MEBIBYTES) DataSize maxOutputSize,
    @NotBlank String workDirectory,
    @MinDuration(0) @MaxDuration(value = 10, unit = TimeUnit.MINUTES) Duration lastScrapeWait,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> jobTypes) {

  /** How many heartbeats may be missed before other workers take a worker's jobs. */
  public static final int MISSED_HEARTBEATS_LIMIT = 4;

  /** Replaces missing values with their defaults. */
  public WorkerSection {
    id = Objects.requireNonNullElse(id, "worker-1");
    slots = Objects.requireNonNullElse(slots, 4);
    metricsPort = Objects.requireNonNullElse(metricsPort, 8001);
    bindHost = Objects.requireNonNullElse(bindHost, "127.0.0.1");
    pollInterval = Objects.requireNonNullElseGet(pollInterval, () -> Duration.milliseconds(200));
    heartbeatInterval = Objects.requireNonNullElseGet(heartbeatInterval, () -> Duration.seconds(5));
    gracePeriod = Objects.requireNonNullElseGet(gracePeriod, () -> Duration.seconds(20));
    killGracePeriod = Objects.requireNonNullElseGet(killGracePeriod, () -> Duration.seconds(2));
    maxOutputSize = Objects.requireNonNullElseGet(maxOutputSize, () -> DataSize.mebibytes(1));
    workDirectory = Objects.requireNonNullElse(workDirectory, "data/work");
    lastScrapeWait = Objects.requireNonNullElseGet(lastScrapeWait, () -> Duration.seconds(5));
    jobTypes = jobTypes == null ? List.of() : names(jobTypes);
  }

  /** The section of a config.yml that leaves it out. */
  public static WorkerSection defaults() {
    return new WorkerSection(
        null, null, null, null, null, null, null, null, null, null, null, null);
  }

  private static List<String> names(List<String> entries) {
    return entries.stream()
        .filter(Objects::nonNull)
        .flatMap(entry -> Stream.of(entry.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  /** How long a worker may be silent before other workers take its jobs. */
  public java.time.Duration lease() {
    return heartbeatInterval.toJavaDuration().multipliedBy(MISSED_HEARTBEATS_LIMIT);
  }
}
