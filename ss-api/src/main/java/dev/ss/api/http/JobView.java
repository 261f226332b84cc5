package dev.ss.api.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ss.job.Job;
import java.util.Optional;

/** A job as JSON. Every field is always present; a value that is not known yet is null. */
record JobView(
    @JsonProperty("job_id") String jobId,
    @JsonProperty("job_type") String jobType,
    @JsonProperty("state") String state,
    @JsonProperty("attempt") int attempt,
    @JsonProperty("max_attempts") int maxAttempts,
    @JsonProperty("priority") int priority,
    @JsonProperty("created_at") String createdAt,
    @JsonProperty("run_at") String runAt,
    @JsonProperty("started_at") Optional<String> startedAt,
    @JsonProperty("finished_at") Optional<String> finishedAt,
    @JsonProperty("exit_code") Optional<Integer> exitCode,
    @JsonProperty("error_code") Optional<String> errorCode) {

  static JobView of(Job job) {
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
        job.errorCode());
  }
}
