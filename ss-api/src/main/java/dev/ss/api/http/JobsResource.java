package dev.ss.api.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.ss.access.Caller;
import dev.ss.api.access.JobTypeAccess;
import dev.ss.api.access.Roles;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.Job;
import dev.ss.store.Jobs;
import dev.ss.store.Jobs.Order;
import dev.ss.store.Jobs.PageRequest;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows a single job, and lists and counts jobs. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class JobsResource {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 1000;

  /** The maximum count of the jobs in one state. */
  private static final int MAX_COUNT = 10_000;

  private final Jobs jobs;
  private final JobViews views;

  public JobsResource(Jobs jobs, JobViews views) {
    this.jobs = jobs;
    this.views = views;
  }

  /** A page of jobs; {@code next_cursor} is null on the last page. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Page(List<JobView> jobs, Optional<String> nextCursor) {}

  /**
   * The numbers of jobs by state.
   *
   * @param capped whether a state has more jobs than its number, or may have
   */
  record CountsView(Map<String, Integer> counts, int total, boolean capped) {
    static CountsView of(Jobs.Counts counts) {
      Map<String, Integer> byName = new LinkedHashMap<>();
      counts.ofStates().forEach((state, number) -> byName.put(state.wireName(), number));
      return new CountsView(
          byName, byName.values().stream().mapToInt(Integer::intValue).sum(), counts.areCapped());
    }
  }

  /** Answers with one job. */
  @GET
  @Path("/{job_id}")
  @RolesAllowed(Roles.READ)
  public JobView get(@Auth Caller caller, @PathParam("job_id") String jobId) {
    Job job = jobs.find(JobIds.parse(jobId)).orElseThrow(JobIds::notFound);
    JobTypeAccess.require(caller, job.jobType());
    return views.of(job);
  }

  /** Lists jobs. */
  @GET
  @RolesAllowed(Roles.READ)
  public Page list(
      @Auth Caller caller,
      @BeanParam FilterQuery query,
      @QueryParam("order") Optional<String> order,
      @QueryParam("limit") Optional<String> limit,
      @QueryParam("cursor") Optional<String> cursor) {
    Jobs.Page page =
        jobs.list(
            new PageRequest(
                query.filter(caller),
                order.map(JobsResource::order).orElse(Order.NEWEST),
                cursor.map(Cursor::parse),
                limit.map(text -> QueryValues.limit(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT)));
    return new Page(page.jobs().stream().map(views::of).toList(), page.next().map(Cursor::after));
  }

  /** Counts jobs by state. */
  @GET
  @Path("/counts")
  @RolesAllowed(Roles.READ)
  public CountsView count(@Auth Caller caller, @BeanParam FilterQuery query) {
    return CountsView.of(jobs.count(query.filter(caller), MAX_COUNT));
  }

  private static Order order(String text) {
    return switch (text) {
      case "newest" -> Order.NEWEST;
      case "oldest" -> Order.OLDEST;
      default ->
          throw new ProblemException(
              ProblemCode.INVALID_PARAMETER, "order must be newest or oldest.");
    };
  }
}
