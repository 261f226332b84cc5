package dev.ss.api.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.ss.access.Caller;
import dev.ss.api.access.JobTypeAccess;
import dev.ss.api.access.Roles;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.store.Jobs;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows a single job and lists jobs. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class JobsResource {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 1000;

  private final Jobs jobs;
  private final JobViews views;

  public JobsResource(Jobs jobs, JobViews views) {
    this.jobs = jobs;
    this.views = views;
  }

  /** A page of jobs, newest first; {@code next_cursor} is null on the last page. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Page(List<JobView> jobs, Optional<String> nextCursor) {}

  /** Answers with one job. */
  @GET
  @Path("/{job_id}")
  @RolesAllowed(Roles.READ)
  public JobView get(@Auth Caller caller, @PathParam("job_id") String jobId) {
    Job job = jobs.find(JobIds.parse(jobId)).orElseThrow(JobIds::notFound);
    JobTypeAccess.require(caller, job.jobType());
    return views.of(job);
  }

  /** Lists jobs, newest first. */
  @GET
  @RolesAllowed(Roles.READ)
  public Page list(
      @Auth Caller caller,
      @QueryParam("state") Optional<String> state,
      @QueryParam("job_type") Optional<String> jobType,
      @QueryParam("limit") Optional<String> limit,
      @QueryParam("cursor") Optional<String> cursor) {
    int size = limit.map(JobsResource::limit).orElse(DEFAULT_LIMIT);
    // Queries one job more than asked for: if it exists, there is a next page.
    List<Job> found =
        jobs.list(
            new Jobs.Filter(
                state.map(JobsResource::state),
                JobTypeAccess.listed(caller, jobType),
                cursor.map(Cursor::parse),
                size + 1));
    List<Job> page = found.subList(0, Math.min(size, found.size()));
    return new Page(
        page.stream().map(views::of).toList(),
        found.size() > size
            ? Optional.of(Cursor.after(page.get(page.size() - 1).id()))
            : Optional.empty());
  }

  private static JobState state(String text) {
    return JobState.ofWireName(text)
        .orElseThrow(
            () ->
                invalid(
                    "state must be one of "
                        + Arrays.stream(JobState.values())
                            .map(JobState::wireName)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException notANumber) {
      // refused below, like a number out of range
    }
    throw invalid("limit must be an integer from 1 to " + MAX_LIMIT + ".");
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemCode.INVALID_PARAMETER, detail);
  }
}
