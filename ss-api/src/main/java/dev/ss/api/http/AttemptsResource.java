package dev.ss.api.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.ss.access.Caller;
import dev.ss.api.access.JobTypeAccess;
import dev.ss.api.access.Roles;
import dev.ss.job.Job;
import dev.ss.job.PastAttempt;
import dev.ss.store.AttemptHistory;
import dev.ss.store.Jobs;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** Lists all attempts at a job, the running one included. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class AttemptsResource {
  private final Jobs jobs;
  private final AttemptHistory history;

  public AttemptsResource(Jobs jobs, AttemptHistory history) {
    this.jobs = jobs;
    this.history = history;
  }

  /** The attempts, oldest first. */
  record Attempts(List<AttemptView> attempts) {}

  /** An attempt as JSON; a value that is not known is null. */
  @JsonNaming(SnakeCaseStrategy.class)
  record AttemptView(
      int run,
      int attempt,
      Optional<String> workerId,
      String outcome,
      Optional<String> startedAt,
      Optional<String> endedAt,
      Optional<Integer> exitCode,
      Optional<String> errorCode,
      Optional<Long> outputSize,
      Optional<Long> logSize,
      Optional<Boolean> outputTruncated,
      Optional<Boolean> logTruncated,
      Optional<Double> cpuSeconds,
      Optional<Long> peakMemoryBytes,
      Optional<Boolean> resourcesAreLowerBounds) {

    static AttemptView of(PastAttempt attempt) {
      return new AttemptView(
          attempt.run(),
          attempt.attempt(),
          attempt.workerId(),
          attempt.outcome().orElse("running"),
          attempt.startedAt().map(Times::text),
          attempt.endedAt().map(Times::text),
          attempt.exitCode(),
          attempt.errorCode(),
          attempt.cost().outputSize(),
          attempt.cost().logSize(),
          attempt.cost().outputTruncated(),
          attempt.cost().logTruncated(),
          attempt.cost().cpuSeconds(),
          attempt.cost().peakMemoryBytes(),
          attempt.cost().resourcesAreLowerBounds());
    }
  }

  /** Returns the attempts of a job. */
  @GET
  @Path("/{job_id}/attempts")
  @RolesAllowed(Roles.READ)
  public Attempts attempts(@Auth Caller caller, @PathParam("job_id") String jobId) {
    Job job = jobs.find(JobIds.parse(jobId)).orElseThrow(JobIds::notFound);
    JobTypeAccess.require(caller, job.jobType());
    return new Attempts(history.of(job.id()).stream().map(AttemptView::of).toList());
  }
}
