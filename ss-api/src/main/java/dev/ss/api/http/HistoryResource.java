package dev.ss.api.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.ss.access.Caller;
import dev.ss.api.access.JobTypeAccess;
import dev.ss.api.access.Roles;
import dev.ss.api.history.Step;
import dev.ss.job.QueueState;
import dev.ss.job.Turnover;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Returns the steps of the last hour. */
@Path("/v1/history")
@Produces(MediaType.APPLICATION_JSON)
public final class HistoryResource {
  private final Supplier<List<Step>> steps;

  public HistoryResource(Supplier<List<Step>> steps) {
    this.steps = steps;
  }

  /** The body of the answer, the oldest step first. */
  record HistoryView(List<StepView> steps) {}

  /** A step; a number that was not known is null. */
  @JsonNaming(SnakeCaseStrategy.class)
  record StepView(
      String time,
      double seconds,
      OptionalLong scheduled,
      OptionalLong ready,
      OptionalLong running,
      Optional<Long> created,
      Optional<Long> succeeded,
      Optional<Long> failed,
      Optional<Long> cancelled,
      long requests,
      long failedRequests) {

    static StepView of(Step step, Set<String> jobTypes) {
      Optional<Turnover> turnover = step.turnover(jobTypes);
      return new StepView(
          Times.text(step.end()),
          Times.seconds(step.length()),
          step.queued(QueueState.SCHEDULED, jobTypes),
          step.queued(QueueState.READY, jobTypes),
          step.queued(QueueState.RUNNING, jobTypes),
          turnover.map(Turnover::created),
          turnover.map(Turnover::succeeded),
          turnover.map(Turnover::failed),
          turnover.map(Turnover::cancelled),
          step.requests(),
          step.failedRequests());
    }
  }

  /** Returns the numbers of all job types, or of some. */
  @GET
  @RolesAllowed(Roles.READ)
  public HistoryView history(@Auth Caller caller, @QueryParam("job_type") List<String> jobTypes) {
    Set<String> types = JobTypeAccess.listed(caller, Set.copyOf(jobTypes));
    return new HistoryView(steps.get().stream().map(step -> StepView.of(step, types)).toList());
  }
}
