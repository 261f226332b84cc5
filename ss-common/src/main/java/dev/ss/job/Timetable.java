package dev.ss.job;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * When a schedule is due: a cron expression, read in a time zone.
 *
 * <p>Where the zone puts its clock forward, local times are skipped; where it puts it back, they
 * are repeated. An expression whose hour is {@code *} goes on as time passes: it is due at each of
 * the repeated times, and not at the skipped ones. Every other expression is due exactly once for
 * each local time that it names: at the first of two, and at the change if the time is skipped.
 */
public final class Timetable {
  /** The five fields of cron, and its nicknames. */
  private static final CronDefinition UNIX =
      CronDefinitionBuilder.defineCron()
          .withMinutes()
          .withValidRange(0, 59)
          .withStrictRange()
          .and()
          .withHours()
          .withValidRange(0, 23)
          .withStrictRange()
          .and()
          .withDayOfMonth()
          .withValidRange(1, 31)
          .withStrictRange()
          .and()
          .withMonth()
          .withValidRange(1, 12)
          .withStrictRange()
          .and()
          .withDayOfWeek()
          .withValidRange(0, 7)
          .withMondayDoWValue(1)
          .withIntMapping(7, 0)
          .withStrictRange()
          .and()
          .withSupportedNicknameHourly()
          .withSupportedNicknameDaily()
          .withSupportedNicknameMidnight()
          .withSupportedNicknameWeekly()
          .withSupportedNicknameMonthly()
          .withSupportedNicknameYearly()
          .withSupportedNicknameAnnually()
          .instance();

  private static final ZonedDateTime ANY_TIME =
      ZonedDateTime.of(LocalDateTime.of(2000, 1, 1, 0, 0), ZoneOffset.UTC);

  private final String cron;
  private final ZoneId zone;
  private final ExecutionTime times;
  private final boolean everyHour;

  private Timetable(String cron, ZoneId zone, Cron parsed) {
    this.cron = cron;
    this.zone = zone;
    this.times = ExecutionTime.forCron(parsed);
    this.everyHour = parsed.retrieve(CronFieldName.HOUR).getExpression() instanceof Always;
  }

  /**
   * Reads a cron expression.
   *
   * @throws IllegalArgumentException if it is none, or is never due, with a message for the
   *     operator
   */
  public static Timetable of(String cron, ZoneId zone) {
    Timetable timetable = new Timetable(cron, zone, new CronParser(UNIX).parse(cron));
    if (timetable.times.nextExecution(ANY_TIME).isEmpty()) {
      throw new IllegalArgumentException("No day is like that");
    }
    return timetable;
  }

  /** The expression, as it was written. */
  public String cron() {
    return cron;
  }

  public ZoneId zone() {
    return zone;
  }

  /** Returns the first due moment after this one; empty if there will be none. */
  public Optional<Instant> next(Instant after) {
    return everyHour ? nextAsTimePasses(after) : nextOnTheClock(after);
  }

  private Optional<Instant> nextAsTimePasses(Instant after) {
    Instant from = after;
    ZoneOffset offset = zone.getRules().getOffset(after);
    ZoneOffsetTransition change = zone.getRules().nextTransition(after);
    while (true) {
      Optional<Instant> due = nextAt(offset, from);
      if (change == null || due.isEmpty() || due.get().isBefore(change.getInstant())) {
        return due;
      }
      from = change.getInstant().minusSeconds(1); // the moment of the change may itself be due
      offset = change.getOffsetAfter();
      change = zone.getRules().nextTransition(change.getInstant());
    }
  }

  private Optional<Instant> nextAt(ZoneOffset offset, Instant after) {
    return nextLocal(LocalDateTime.ofInstant(after, offset)).map(local -> local.toInstant(offset));
  }

  private Optional<Instant> nextOnTheClock(Instant after) {
    Optional<LocalDateTime> local = nextLocal(LocalDateTime.ofInstant(after, zone));
    while (local.isPresent()) {
      Instant due = momentOf(local.get());
      if (due.isAfter(after)) {
        return Optional.of(due);
      }
      local = nextLocal(local.get());
    }
    return Optional.empty();
  }

  private Instant momentOf(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.atZone(zone).toInstant(); // the first of two
  }

  /** Asks in UTC, where no time is skipped or repeated. */
  private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
    return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Timetable timetable
        && timetable.cron.equals(cron)
        && timetable.zone.equals(zone);
  }

  @Override
  public int hashCode() {
    return 31 * cron.hashCode() + zone.hashCode();
  }

  @Override
  public String toString() {
    return cron + " in " + zone;
  }
}
