package dev.ss.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A configured schedule and how far it has come.
 *
 * @param state empty until an API has announced the schedule, and once one has started without it
 * @param nextAt when it makes its next job; in the past while it is late
 */
public record ScheduleStatus(
    Schedule schedule, Optional<ScheduleState> state, Optional<Instant> nextAt) {

  public static ScheduleStatus of(Schedule schedule, Optional<ScheduleState> state) {
    return new ScheduleStatus(schedule, state, state.flatMap(ScheduleState::nextDueAt));
  }

  /** The timetable that is in force. */
  public Timetable timetable() {
    return state.map(ScheduleState::timetable).orElse(schedule.timetable());
  }
}
