package dev.ss.api.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.ss.api.access.Roles;
import dev.ss.job.ScheduleState;
import dev.ss.job.ScheduleStatus;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Lists the configured schedules and their last and next runs. */
@Path("/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
public final class SchedulesResource {
  private final Supplier<List<ScheduleStatus>> statuses;

  /**
   * @param statuses reads all schedules, sorted by name
   */
  public SchedulesResource(Supplier<List<ScheduleStatus>> statuses) {
    this.statuses = statuses;
  }

  /** The body of the answer. */
  record SchedulesView(List<ScheduleView> schedules) {}

  /** A schedule. Every field is always present; a value that is not known yet is null. */
  @JsonNaming(SnakeCaseStrategy.class)
  record ScheduleView(
      String name,
      String cron,
      String zone,
      String jobType,
      double catchUpSeconds,
      Optional<String> nextAt,
      Optional<String> lastDueAt,
      Optional<String> lastJobId,
      Optional<String> lastSuccessAt,
      long missed) {

    static ScheduleView of(ScheduleStatus status) {
      Optional<ScheduleState> state = status.state();
      return new ScheduleView(
          status.schedule().name(),
          status.timetable().cron(),
          status.timetable().zone().getId(),
          status.schedule().jobType().name(),
          status.schedule().catchUp().toMillis() / 1e3,
          status.nextAt().map(Times::text),
          state.flatMap(ScheduleState::lastDueAt).map(Times::text),
          state.flatMap(ScheduleState::lastJobId).map(UUID::toString),
          state.flatMap(ScheduleState::lastSuccessAt).map(Times::text),
          state.map(ScheduleState::missed).orElse(0L));
    }
  }

  /** Lists all schedules, sorted by name. */
  @GET
  @RolesAllowed(Roles.READ)
  public SchedulesView list() {
    return new SchedulesView(statuses.get().stream().map(ScheduleView::of).toList());
  }
}
