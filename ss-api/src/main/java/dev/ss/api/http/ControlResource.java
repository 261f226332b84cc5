package dev.ss.api.http;

import dev.ss.access.Caller;
import dev.ss.api.access.AuditLog;
import dev.ss.api.access.AuditLog.Action;
import dev.ss.api.access.JobTypeAccess;
import dev.ss.api.access.Roles;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.Job;
import dev.ss.job.JobEvent;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.JobControl;
import dev.ss.store.JobControl.Controlled;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;

/** Cancels and retries jobs. Cancelling a cancelled job or retrying a queued one also succeeds. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class ControlResource {
  private final JobControl control;
  private final JobTypeAccess jobTypes;
  private final JobMetrics metrics;
  private final AuditLog audit;
  private final JobViews views;

  public ControlResource(
      JobControl control,
      JobTypeAccess jobTypes,
      JobMetrics metrics,
      AuditLog audit,
      JobViews views) {
    this.control = control;
    this.jobTypes = jobTypes;
    this.audit = audit;
    this.metrics = metrics;
    this.views = views;
  }

  /**
   * Cancels a job: 200 if the job is cancelled now, 202 if its worker has been asked to cancel it.
   */
  @POST
  @Path("/{job_id}/cancel")
  @RolesAllowed(Roles.OPERATE)
  public Response cancel(@Auth Caller caller, @PathParam("job_id") String jobIdText) {
    UUID jobId = JobIds.parse(jobIdText);
    jobTypes.require(caller, jobId);
    Controlled cancelled = control.cancel(jobId, caller.tokenName()).orElseThrow(JobIds::notFound);
    recordUnlessAlready(caller, Action.CANCELLED, cancelled);
    return response(
        cancelled, JobEvent.CANCELLED, ProblemCode.JOB_NOT_CANCELLABLE, "queued or running");
  }

  /** Queues a failed or cancelled job again: 200 with the job. */
  @POST
  @Path("/{job_id}/retry")
  @RolesAllowed(Roles.OPERATE)
  public Response retry(@Auth Caller caller, @PathParam("job_id") String jobIdText) {
    UUID jobId = JobIds.parse(jobIdText);
    jobTypes.require(caller, jobId);
    Controlled retried = control.retry(jobId, caller.tokenName()).orElseThrow(JobIds::notFound);
    recordUnlessAlready(caller, Action.RETRIED, retried);
    return response(
        retried, JobEvent.RETRIED, ProblemCode.JOB_NOT_RETRYABLE, "failed or cancelled");
  }

  private void recordUnlessAlready(Caller caller, Action action, Controlled controlled) {
    switch (controlled.effect()) {
      case DONE, REQUESTED -> audit.record(caller, action, controlled.job());
      case ALREADY, REFUSED -> {
        // Nobody changed anything.
      }
    }
  }

  private Response response(
      Controlled controlled, JobEvent done, ProblemCode refused, String required) {
    Job job = controlled.job();
    return switch (controlled.effect()) {
      case DONE -> {
        metrics.happened(done, job.jobType());
        yield response(Status.OK, job);
      }
      case ALREADY -> response(Status.OK, job);
      case REQUESTED -> response(Status.ACCEPTED, job);
      case REFUSED ->
          throw new ProblemException(
              refused, "The job is %s; it must be %s.".formatted(job.state().wireName(), required));
    };
  }

  private Response response(Status status, Job job) {
    return Response.status(status).entity(views.of(job)).build();
  }
}
