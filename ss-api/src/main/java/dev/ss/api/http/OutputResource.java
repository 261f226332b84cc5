package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.store.Jobs;
import dev.ss.store.Jobs.StoredOutput;
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

  public OutputResource(Jobs jobs) {
    this.jobs = jobs;
  }

  /** Returns the standard output of the last finished attempt. */
  @GET
  @Path("/{job_id}/output")
  public Response output(@PathParam("job_id") String jobId) {
    return stream(jobId, Jobs.Stream.STDOUT, MediaType.APPLICATION_OCTET_STREAM);
  }

  /** Returns the standard error of the last finished attempt. */
  @GET
  @Path("/{job_id}/log")
  public Response log(@PathParam("job_id") String jobId) {
    return stream(jobId, Jobs.Stream.STDERR, "text/plain;charset=utf-8");
  }

  private Response stream(String jobIdText, Jobs.Stream stream, String mediaType) {
    UUID jobId = JobIds.parse(jobIdText);
    StoredOutput stored = jobs.output(jobId, stream).orElseThrow(() -> nothingYet(jobId));
    return Response.ok(stored.output().bytes(), mediaType)
        .header("X-Content-Type-Options", "nosniff")
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
