package dev.ss.api.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.ss.api.access.Roles;
import dev.ss.job.RunningJob;
import dev.ss.job.WorkerStatus;
import dev.ss.store.Jobs;
import dev.ss.store.Workers;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists the workers and what they run. */
@Path("/v1/workers")
@Produces(MediaType.APPLICATION_JSON)
public final class WorkersResource {
  private final Workers workers;
  private final Jobs jobs;
  private final Duration lease;
  private final Clock clock;

  /**
   * @param lease a worker that has been silent for longer than this is stale
   */
  public WorkersResource(Workers workers, Jobs jobs, Duration lease, Clock clock) {
    this.workers = workers;
    this.jobs = jobs;
    this.lease = lease;
    this.clock = clock;
  }

  /** The body of the answer. */
  record WorkersView(List<WorkerView> workers) {}

  /**
   * A worker.
   *
   * @param state live, draining while it stops, or stale
   * @param host the worker's host name; null if it has reported none
   * @param running how many jobs it ran at its last heartbeat
   * @param runningJobs the jobs it runs now, the longest-running first
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record WorkerView(
      String workerId,
      String state,
      int slots,
      int running,
      List<String> jobTypes,
      String startedAt,
      String lastHeartbeatAt,
      @Nullable String host,
      List<RunningJobView> runningJobs) {}

  /** A job that a worker runs. */
  @JsonNaming(SnakeCaseStrategy.class)
  record RunningJobView(String jobId, String jobType, String startedAt) {

    static RunningJobView of(RunningJob job) {
      return new RunningJobView(job.id().toString(), job.jobType(), Times.text(job.startedAt()));
    }
  }

  /** Lists all workers that the database knows, sorted by id. */
  @GET
  @RolesAllowed(Roles.READ)
  public WorkersView list() {
    List<WorkerStatus> known = workers.list();
    Map<String, List<RunningJob>> running =
        jobs.runningOn(known.stream().map(WorkerStatus::id).toList()).stream()
            .collect(Collectors.groupingBy(RunningJob::workerId));
    return new WorkersView(
        known.stream()
            .map(worker -> view(worker, running.getOrDefault(worker.id(), List.of())))
            .toList());
  }

  private WorkerView view(WorkerStatus worker, List<RunningJob> running) {
    return new WorkerView(
        worker.id(),
        worker.state(clock.instant(), lease).wireName(),
        worker.slots(),
        worker.running(),
        worker.jobTypes(),
        Times.text(worker.startedAt()),
        Times.text(worker.lastHeartbeatAt()),
        worker.host().orElse(null),
        running.stream().map(RunningJobView::of).toList());
  }
}
