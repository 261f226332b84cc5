package dev.ss.api.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.ss.api.access.Roles;
import dev.ss.job.JobType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Lists the job types that clients can submit. */
@Path("/v1/job-types")
@Produces(MediaType.APPLICATION_JSON)
public final class JobTypesResource {
  private final JobTypes jobTypes;

  public JobTypesResource(List<JobType> jobTypes) {
    this.jobTypes = new JobTypes(jobTypes.stream().map(JobTypeView::of).toList());
  }

  /** The body of the answer. */
  @JsonNaming(SnakeCaseStrategy.class)
  record JobTypes(List<JobTypeView> jobTypes) {}

  /** A job type as clients see it. The command is not shown: it concerns only the operator. */
  @JsonNaming(SnakeCaseStrategy.class)
  record JobTypeView(String jobType, double timeoutSeconds, int maxAttempts) {

    static JobTypeView of(JobType type) {
      return new JobTypeView(type.name(), type.timeout().toMillis() / 1e3, type.maxAttempts());
    }
  }

  /** Lists all job types, sorted by name. */
  @GET
  @RolesAllowed(Roles.READ)
  public JobTypes list() {
    return jobTypes;
  }
}
