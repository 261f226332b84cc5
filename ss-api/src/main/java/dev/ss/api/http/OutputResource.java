package dev.ss.api.http;

import dev.ss.access.Caller;
import dev.ss.api.access.JobTypeAccess;
import dev.ss.api.access.Roles;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.store.Jobs;
import dev.ss.store.Jobs.StoredOutput;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Returns what a job's command wrote, byte for byte. */
@Path("/v1/jobs")
public final class OutputResource {
  private final Jobs jobs;
  private final JobTypeAccess jobTypes;

  public OutputResource(Jobs jobs, JobTypeAccess jobTypes) {
    this.jobs = jobs;
    this.jobTypes = jobTypes;
  }

  /** Returns the standard output of the last finished attempt. */
  @GET
  @Path("/{job_id}/output")
  @RolesAllowed(Roles.READ)
  public Response output(@Auth Caller caller, @PathParam("job_id") String jobId) {
    return stream(caller, jobId, Jobs.Stream.STDOUT, MediaType.APPLICATION_OCTET_STREAM);
  }

  /** Returns the standard error of the last finished attempt. */
  @GET
  @Path("/{job_id}/log")
  @RolesAllowed(Roles.READ)
  public Response log(@Auth Caller caller, @PathParam("job_id") String jobId) {
    return stream(caller, jobId, Jobs.Stream.STDERR, "text/plain;charset=utf-8");
  }

  private Response stream(Caller caller, String jobIdText, Jobs.Stream stream, String mediaType) {
    UUID jobId = JobIds.parse(jobIdText);
    jobTypes.require(caller, jobId);
    StoredOutput stored = jobs.output(jobId, stream).orElseThrow(() -> nothingYet(jobId));
    return Response.ok(stored.output().bytes(), mediaType)
        .header("SS-Attempt", stored.attempt())
        .header("SS-Truncated", stored.output().truncated())
        .build();
  }

  private ProblemException nothingYet(UUID jobId) {
    return jobs.find(jobId).isEmpty()
        ? JobIds.notFound()
        : new ProblemException(
            ProblemCode.JOB_NOT_FINISHED, "No attempt at this job has finished.");
  }
}
