package dev.ss.job;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A configured schedule and how far it has come.
 *
 * @param state empty until an API has announced the schedule, and once one has started without it
 * @param timetable the timetable that is in force
 * @param nextAt when it makes its next job; in the past while it is late
 */
public record ScheduleStatus(
    Schedule schedule,
    Optional<ScheduleState> state,
    Timetable timetable,
    Optional<Instant> nextAt) {

  public static ScheduleStatus of(Schedule schedule, Optional<ScheduleState> state) {
    Timetable inForce =
        state
            .filter(each -> !each.isOf(schedule.timetable()))
            .map(other -> Timetable.of(other.cron(), ZoneId.of(other.zone())))
            .orElse(schedule.timetable());
    return new ScheduleStatus(
        schedule, state, inForce, state.flatMap(each -> inForce.next(each.settledUntil())));
  }

  /** Whether the configured timetable is in force. */
  public boolean isInForce() {
    return state.filter(each -> each.isOf(schedule.timetable())).isPresent();
  }
}
