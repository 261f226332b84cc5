package dev.ss.api.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.ss.job.Job;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A job as JSON. Every field is always present; a value that is not known yet is null. */
@JsonNaming(SnakeCaseStrategy.class)
record JobView(
    String jobId,
    String jobType,
    String state,
    int attempt,
    int maxAttempts,
    int priority,
    String createdAt,
    String runAt,
    Optional<String> startedAt,
    Optional<String> finishedAt,
    Optional<Integer> exitCode,
    Optional<String> errorCode,
    Optional<String> submittedBy,
    Optional<String> changedBy,
    Optional<Long> inputSize,
    Optional<Long> outputSize,
    Optional<Long> logSize,
    Optional<Boolean> outputTruncated,
    Optional<Boolean> logTruncated,
    Optional<Double> cpuSeconds,
    Optional<Long> peakMemoryBytes,
    Optional<Boolean> resourcesAreLowerBounds,
    Map<String, String> parameters,
    Map<String, String> labels,
    Optional<Double> timeoutSeconds,
    Optional<String> workerId,
    Optional<Double> progress,
    Optional<String> progressMessage) {

  /**
   * @param timeout the time limit of an attempt; empty if no process here knows the job type
   */
  static JobView of(Job job, Optional<Duration> timeout) {
    return new JobView(
        job.id().toString(),
        job.jobType(),
        job.state().wireName(),
        job.attempt(),
        job.maxAttempts(),
        job.priority(),
        Times.text(job.createdAt()),
        Times.text(job.runAt()),
        job.startedAt().map(Times::text),
        job.finishedAt().map(Times::text),
        job.exitCode(),
        job.errorCode(),
        job.submittedBy(),
        job.changedBy(),
        job.cost().inputSize(),
        job.cost().outputSize(),
        job.cost().logSize(),
        job.cost().outputTruncated(),
        job.cost().logTruncated(),
        job.cost().cpuSeconds(),
        job.cost().peakMemoryBytes(),
        job.cost().resourcesAreLowerBounds(),
        new TreeMap<>(job.options().parameters()),
        new TreeMap<>(job.options().labels()),
        timeout.map(Times::seconds),
        job.workerId(),
        job.progress(),
        job.progressMessage());
  }
}
