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
 * A worker process.
 *
 * @param id who this worker is; it stays the same over restarts, and no two live workers share one
 * @param slots how many jobs run at once
 * @param metricsPort where {@code /metrics} is served; 0 opens no socket
 * @param bindHost the address to serve it on
 * @param pollInterval how often to look for jobs
 * @param heartbeatInterval how often to tell the database that the worker lives; after four
 *     intervals of silence its jobs are taken from it
 * @param gracePeriod how long running jobs may go on when the worker is stopped
 * @param killGracePeriod between asking a command to end and killing it
 * @param maxOutputSize how much is kept of each of a command's streams
 * @param workDirectory where attempts have their working directories
 * @param lastScrapeWait how long a stopping worker waits, after its last job, to be scraped once
 *     more
 * @param jobTypes what it takes jobs of; all types if there are none. An entry may be several names
 *     with commas between them, as an environment variable gives them
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

  /** How many heartbeats may be missed before a worker's jobs are taken from it. */
  public static final int MISSED_HEARTBEATS_LIMIT = 4;

  /** What is left out takes its default. */
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

  static WorkerSection defaults() {
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

  /** How long a worker may be silent before its jobs are taken from it. */
  public java.time.Duration lease() {
    return heartbeatInterval.toJavaDuration().multipliedBy(MISSED_HEARTBEATS_LIMIT);
  }
}
