package dev.ss.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.ss.access.Caller;
import dev.ss.api.access.AuditLog;
import dev.ss.api.access.AuditLog.Action;
import dev.ss.api.access.JobTypeAccess;
import dev.ss.api.access.Roles;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.JobType;
import dev.ss.job.QueueStats;
import dev.ss.store.PausedTypes;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists the job types that clients can submit, and pauses and resumes them. */
@Path("/v1/job-types")
@Produces(MediaType.APPLICATION_JSON)
public final class JobTypesResource {
  private final List<JobType> jobTypes;
  private final PausedTypes paused;
  private final AuditLog audit;
  private final Clock clock;

  /** As last read, so that listing needs no database. */
  private volatile Map<String, Instant> lastKnown = Map.of();

  public JobTypesResource(List<JobType> jobTypes, PausedTypes paused, AuditLog audit, Clock clock) {
    this.jobTypes = List.copyOf(jobTypes);
    this.paused = paused;
    this.audit = audit;
    this.clock = clock;
  }

  /** The body of the answer. */
  @JsonNaming(SnakeCaseStrategy.class)
  record JobTypes(List<JobTypeView> jobTypes) {}

  /** A job type as clients see it. The command is not shown: it concerns only the operator. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record JobTypeView(
      String jobType,
      double timeoutSeconds,
      int maxAttempts,
      boolean paused,
      @Nullable String pausedAt) {

    static JobTypeView of(JobType type, Map<String, Instant> paused) {
      Optional<Instant> since = Optional.ofNullable(paused.get(type.name()));
      return new JobTypeView(
          type.name(),
          Times.seconds(type.timeout()),
          type.maxAttempts(),
          since.isPresent(),
          since.map(Times::text).orElse(null));
    }
  }

  /** Lists all job types, sorted by name. */
  @GET
  @RolesAllowed(Roles.READ)
  public JobTypes list() {
    Map<String, Instant> since = lastKnown;
    return new JobTypes(jobTypes.stream().map(type -> JobTypeView.of(type, since)).toList());
  }

  /** The queue has been counted, and with it the paused types. */
  public void counted(QueueStats stats) {
    lastKnown = stats.paused();
  }

  /** Keeps workers from starting jobs of the type; those that run go on. 200 with the type. */
  @POST
  @Path("/{name}/pause")
  @RolesAllowed(Roles.OPERATE)
  public JobTypeView pause(@Auth Caller caller, @PathParam("name") String name) {
    JobType type = find(caller, name);
    if (paused.pause(type.name(), clock.instant(), caller.tokenName())) {
      audit.record(caller, Action.PAUSED, type.name());
    }
    return changed(type);
  }

  /** Lets workers start jobs of the type again. 200 with the type. */
  @POST
  @Path("/{name}/resume")
  @RolesAllowed(Roles.OPERATE)
  public JobTypeView resume(@Auth Caller caller, @PathParam("name") String name) {
    JobType type = find(caller, name);
    if (paused.resume(type.name())) {
      audit.record(caller, Action.RESUMED, type.name());
    }
    return changed(type);
  }

  private JobTypeView changed(JobType type) {
    lastKnown = paused.all();
    return JobTypeView.of(type, lastKnown);
  }

  private JobType find(Caller caller, String name) {
    JobTypeAccess.require(caller, name);
    return jobTypes.stream()
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.JOB_TYPE_NOT_FOUND,
                    "No such job type is configured; GET /v1/job-types lists them."));
  }
}
