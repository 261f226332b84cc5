package dev.ss.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How far a schedule has come.
 *
 * @param cron the expression that is in force: the one of the API that started last
 * @param zone the id of the time zone in which it is read
 * @param settledUntil every due moment up to here has its job, or is counted as missed
 * @param lastDueAt the due moment of the newest job
 * @param lastSuccessAt when a job of the schedule last succeeded
 * @param missed how many due moments have got no job
 * @param lastMissedAt when SS last noticed that it had missed some
 */
public record ScheduleState(
    String name,
    String cron,
    String zone,
    Instant settledUntil,
    Optional<Instant> lastDueAt,
    Optional<UUID> lastJobId,
    Optional<Instant> lastSuccessAt,
    long missed,
    Optional<Instant> lastMissedAt) {

  /** Whether this timetable is the one in force. */
  public boolean isOf(Timetable timetable) {
    return cron.equals(timetable.cron()) && zone.equals(timetable.zone().getId());
  }
}
