package dev.ss.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How far a schedule has come.
 *
 * @param timetable the timetable that is in force: the one of the API that started last
 * @param settledUntil every due moment up to here has its job, or is counted as missed
 * @param lastDueAt the due moment of the newest job
 * @param lastSuccessAt when a job of the schedule last succeeded
 * @param missed how many due moments have got no job
 * @param lastMissedAt when SS last noticed that it had missed some
 */
public record ScheduleState(
    String name,
    Timetable timetable,
    Instant settledUntil,
    Optional<Instant> lastDueAt,
    Optional<UUID> lastJobId,
    Optional<Instant> lastSuccessAt,
    long missed,
    Optional<Instant> lastMissedAt) {

  /** The first due moment that is not settled; it may have passed. */
  public Optional<Instant> nextDueAt() {
    return timetable.next(settledUntil);
  }
}
