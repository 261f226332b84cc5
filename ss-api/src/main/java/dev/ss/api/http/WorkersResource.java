package dev.ss.api.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ss.job.WorkerStatus;
import dev.ss.store.Workers;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Tells who runs jobs. */
@Path("/v1/workers")
@Produces(MediaType.APPLICATION_JSON)
public final class WorkersResource {
  private final Workers workers;
  private final Duration lease;
  private final Clock clock;

  /** A worker that has been silent for longer than {@code lease} is stale. */
  public WorkersResource(Workers workers, Duration lease, Clock clock) {
    this.workers = workers;
    this.lease = lease;
    this.clock = clock;
  }

  /** All workers. */
  record WorkersView(@JsonProperty("workers") List<WorkerView> workers) {}

  /**
   * A worker.
   *
   * @param state live, draining while it stops, or stale
   * @param host the machine it runs on; null where it has no name, or did not say
   */
  record WorkerView(
      @JsonProperty("worker_id") String workerId,
      @JsonProperty("state") String state,
      @JsonProperty("slots") int slots,
      @JsonProperty("running") int running,
      @JsonProperty("job_types") List<String> jobTypes,
      @JsonProperty("started_at") String startedAt,
      @JsonProperty("last_heartbeat_at") String lastHeartbeatAt,
      @JsonProperty("host") String host) {}

  /** All workers that have been heard of lately, in the order of their ids. */
  @GET
  public Object list() {
    return new WorkersView(workers.list().stream().map(this::view).toList());
  }

  private WorkerView view(WorkerStatus worker) {
    return new WorkerView(
        worker.id(),
        worker.state(clock.instant(), lease).wireName(),
        worker.slots(),
        worker.running(),
        worker.jobTypes(),
        Times.text(worker.startedAt()),
        Times.text(worker.lastHeartbeatAt()),
        worker.host().orElse(null));
  }
}
