package dev.ss.api.http;

import dev.ss.access.Caller;
import dev.ss.api.access.JobTypeAccess;
import dev.ss.api.access.Roles;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.api.stream.WaitingConnection;
import dev.ss.job.Job;
import dev.ss.store.Jobs;
import io.dropwizard.auth.Auth;
import io.dropwizard.util.Duration;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;

/**
 * Lets clients wait for a job. It has a route of its own, so that the waiting does not appear as
 * latency of another route.
 */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class WaitResource {
  private static final Duration DEFAULT_TIMEOUT = Duration.seconds(30);

  private final Jobs jobs;
  private final Waiters waiters;
  private final JobViews views;
  private final Duration maxTimeout;

  /**
   * @param maxTimeout the longest timeout that a client may ask for
   */
  public WaitResource(Jobs jobs, Waiters waiters, JobViews views, Duration maxTimeout) {
    this.jobs = jobs;
    this.waiters = waiters;
    this.views = views;
    this.maxTimeout = maxTimeout;
  }

  /** Answers with the job when it is final or the timeout has passed. */
  @GET
  @Path("/{job_id}/wait")
  @RolesAllowed(Roles.READ)
  public void await(
      @Auth Caller caller,
      @PathParam("job_id") String jobIdText,
      @QueryParam("timeout") Optional<String> timeoutText,
      @Suspended AsyncResponse response,
      @Context ContainerRequestContext request) {
    UUID jobId = JobIds.parse(jobIdText);
    waiters.requireRoom();
    Duration timeout = timeoutText.map(this::timeout).orElse(DEFAULT_TIMEOUT);
    Job job = jobs.find(jobId).orElseThrow(JobIds::notFound);
    JobTypeAccess.require(caller, job.jobType());
    if (job.state().isFinal() || timeout.toNanoseconds() == 0) {
      response.resume(views.of(job));
    } else {
      waiters.add(
          jobId, timeout.toJavaDuration(), response, WaitingConnection.of(request::getProperty));
    }
  }

  private Duration timeout(String text) {
    try {
      Duration timeout = Duration.parse(text);
      if (timeout.compareTo(maxTimeout) <= 0) {
        return timeout;
      }
    } catch (IllegalArgumentException notADuration) {
      // refused below, like too long a timeout
    }
    throw new ProblemException(
        ProblemCode.INVALID_PARAMETER,
        "timeout must be a duration such as 30s, and at most %s.".formatted(maxTimeout));
  }
}
