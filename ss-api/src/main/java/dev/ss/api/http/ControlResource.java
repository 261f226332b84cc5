package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.JobEvent;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.JobControl;
import dev.ss.store.JobControl.Result;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/** Cancels and retries jobs. Cancelling a cancelled job or retrying a queued one also succeeds. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class ControlResource {
  private final JobControl control;
  private final JobMetrics metrics;

  public ControlResource(JobControl control, JobMetrics metrics) {
    this.control = control;
    this.metrics = metrics;
  }

  /**
   * Cancels a job: 200 if the job is cancelled now, 202 if its worker has been asked to cancel it.
   */
  @POST
  @Path("/{job_id}/cancel")
  public Response cancel(@PathParam("job_id") String jobId) {
    Result result = control.cancel(JobIds.parse(jobId));
    if (result instanceof Result.Done) {
      metrics.happened(JobEvent.CANCELLED);
    }
    return response(result, ProblemCode.JOB_NOT_CANCELLABLE, "queued or running");
  }

  /** Queues a failed or cancelled job again: 200 with the job. */
  @POST
  @Path("/{job_id}/retry")
  public Response retry(@PathParam("job_id") String jobId) {
    Result result = control.retry(JobIds.parse(jobId));
    if (result instanceof Result.Done) {
      metrics.happened(JobEvent.RETRIED);
    }
    return response(result, ProblemCode.JOB_NOT_RETRYABLE, "failed or cancelled");
  }

  private static Response response(Result result, ProblemCode refused, String required) {
    if (result instanceof Result.Done done) {
      return Response.ok(JobView.of(done.job())).build();
    }
    if (result instanceof Result.Already already) {
      return Response.ok(JobView.of(already.job())).build();
    }
    if (result instanceof Result.Requested requested) {
      return Response.status(Status.ACCEPTED).entity(JobView.of(requested.job())).build();
    }
    if (result instanceof Result.Refused is) {
      throw new ProblemException(
          refused, "The job is %s; it must be %s.".formatted(is.state().wireName(), required));
    }
    throw JobIds.notFound();
  }
}
