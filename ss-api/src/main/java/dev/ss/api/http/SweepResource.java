package dev.ss.api.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.ss.access.Caller;
import dev.ss.api.access.AuditLog;
import dev.ss.api.access.Roles;
import dev.ss.job.JobEvent;
import dev.ss.job.JobState;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.JobFilter;
import dev.ss.store.JobSweep;
import dev.ss.store.JobSweep.Action;
import dev.ss.store.JobSweep.Changed;
import dev.ss.store.JobSweep.Matched;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Cancels and retries all jobs that a filter selects, or says how many that would be. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class SweepResource {
  private static final int DEFAULT_LIMIT = 1000;
  private static final int MAX_LIMIT = 10_000;

  private final JobSweep sweep;
  private final JobMetrics metrics;
  private final AuditLog audit;

  public SweepResource(JobSweep sweep, JobMetrics metrics, AuditLog audit) {
    this.sweep = sweep;
    this.metrics = metrics;
    this.audit = audit;
  }

  /**
   * What was done.
   *
   * @param matched the jobs that the action could change, up to the limit
   * @param changed the jobs that it has changed, or asked a worker to cancel
   * @param more whether other jobs match still
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Swept(boolean dryRun, int matched, int changed, boolean more) {}

  /** Cancels queued jobs, and asks the workers of running ones to cancel them. */
  @POST
  @Path("/cancel")
  @RolesAllowed(Roles.OPERATE)
  public Swept cancel(
      @Auth Caller caller,
      @BeanParam FilterQuery query,
      @QueryParam("limit") Optional<String> limit,
      @QueryParam("dry_run") Optional<String> dryRun) {
    return sweep(Action.CANCEL, caller, query, limit, dryRun);
  }

  /** Queues failed and cancelled jobs again. */
  @POST
  @Path("/retry")
  @RolesAllowed(Roles.OPERATE)
  public Swept retry(
      @Auth Caller caller,
      @BeanParam FilterQuery query,
      @QueryParam("limit") Optional<String> limit,
      @QueryParam("dry_run") Optional<String> dryRun) {
    return sweep(Action.RETRY, caller, query, limit, dryRun);
  }

  private Swept sweep(
      Action action,
      Caller caller,
      FilterQuery query,
      Optional<String> limit,
      Optional<String> dryRun) {
    JobFilter filter = query.filterOfChange(caller);
    int max = limit.map(text -> QueryValues.limit(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT);
    if (dryRun.map(text -> QueryValues.flag("dry_run", text)).orElse(false)) {
      Matched matched = sweep.count(action, filter, max);
      return new Swept(true, matched.number(), 0, matched.more());
    }
    return sweep(action, caller, filter, max);
  }

  /** Records what was committed, also if a later transaction fails. */
  private Swept sweep(Action action, Caller caller, JobFilter filter, int max) {
    AtomicInteger changed = new AtomicInteger();
    try {
      Matched matched =
          sweep.sweep(
              action,
              filter,
              max,
              caller.tokenName(),
              jobs -> {
                changed.addAndGet(jobs.size());
                count(action, jobs);
              });
      return new Swept(false, matched.number(), changed.get(), matched.more());
    } finally {
      if (changed.get() > 0) {
        audit.record(caller, audited(action), changed.get());
      }
    }
  }

  /** A worker counts the running jobs that it cancels. */
  private void count(Action action, List<Changed> jobs) {
    JobEvent event = action == Action.CANCEL ? JobEvent.CANCELLED : JobEvent.RETRIED;
    jobs.stream()
        .filter(job -> job.newState() != JobState.RUNNING)
        .collect(Collectors.groupingBy(Changed::jobType, Collectors.counting()))
        .forEach((jobType, number) -> metrics.happened(event, jobType, number));
  }

  private static AuditLog.Action audited(Action action) {
    return switch (action) {
      case CANCEL -> AuditLog.Action.CANCELLED;
      case RETRY -> AuditLog.Action.RETRIED;
    };
  }
}
