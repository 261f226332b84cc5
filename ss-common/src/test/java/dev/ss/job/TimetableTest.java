package dev.ss.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {
  @ParameterizedTest(name = "{0} in {1} after {2}")
  @CsvSource({
    "0 2 * * *,       UTC,           2026-01-31T02:00:00Z,     2026-02-01T02:00:00Z",
    "0 2 * * *,       UTC,           2026-01-31T01:59:59.999Z, 2026-01-31T02:00:00Z",
    "0 2 * * *,       Asia/Tokyo,    2026-01-31T00:00:00Z,     2026-01-31T17:00:00Z",
    "*/5 * * * *,     UTC,           2026-01-31T23:55:00Z,     2026-02-01T00:00:00Z",
    "0 2 * * MON-FRI, UTC,           2026-01-30T02:00:00Z,     2026-02-02T02:00:00Z",
    "0 2 * * 7,       UTC,           2026-01-31T00:00:00Z,     2026-02-01T02:00:00Z",
    "0 0 13 * FRI,    UTC,           2026-02-06T00:00:00Z,     2026-02-13T00:00:00Z",
    "0 0 29 2 *,      UTC,           2096-03-01T00:00:00Z,     2104-02-29T00:00:00Z",
    "@hourly,         UTC,           2026-01-31T23:30:00Z,     2026-02-01T00:00:00Z",
    "@weekly,         Europe/Berlin, 2026-01-31T00:00:00Z,     2026-01-31T23:00:00Z",
    "@yearly,         UTC,           2026-01-31T00:00:00Z,     2027-01-01T00:00:00Z"
  })
  void itIsDueWhenCronSays(String cron, String zone, Instant after, Instant due) {
    assertThat(timetable(cron, zone).next(after)).contains(due);
  }

  @ParameterizedTest(name = "{0} in {1} from {2}")
  @CsvSource({
    "30 2 * * *, Europe/Berlin, 2026-03-28T00:00+01:00, 28T02:30+01:00 29T03:00+02:00 30T02:30+02:00",
    "0 3 * * *, Europe/Berlin, 2026-03-28T00:00+01:00, 28T03:00+01:00 29T03:00+02:00 30T03:00+02:00",
    "30 2 * * *, America/New_York, 2026-03-07T00:00-05:00, 07T02:30-05:00 08T03:00-04:00 09T02:30-04:00",
    "15 1 * * *, Europe/London, 2026-03-28T00:00Z, 28T01:15Z 29T02:00+01:00 30T01:15+01:00",
    "0 0 * * *, America/Santiago, 2026-09-05T00:00-04:00, 06T01:00-03:00 07T00:00-03:00",
    "10 2 * * *, Australia/Lord_Howe, 2026-10-03T00:00+10:30, 03T02:10+10:30 04T02:30+11:00 05T02:10+11:00",
    "0 12 * * *, Pacific/Apia, 2011-12-29T00:00-10:00, 29T12:00-10:00 31T00:00+14:00 31T12:00+14:00"
  })
  void aSkippedTimeIsDueOnceAtTheChange(
      String cron, String zone, OffsetDateTime from, String days) {
    assertDue(cron, zone, from, days);
  }

  /** Several skipped times are one moment, so that no job is made twice. */
  @Test
  void severalSkippedTimesAreDueAtOneMoment() {
    assertDue(
        "0,20,40 2 * * *",
        "Europe/Berlin",
        OffsetDateTime.parse("2026-03-29T00:00+01:00"),
        "29T03:00+02:00 30T02:00+02:00");
  }

  @ParameterizedTest(name = "{0} in {1} from {2}")
  @CsvSource({
    "30 2 * * *, Europe/Berlin, 2026-10-24T12:00+02:00, 25T02:30+02:00 26T02:30+01:00",
    "*/30 2 * * *, Europe/Berlin, 2026-10-25T00:00+02:00, 25T02:00+02:00 25T02:30+02:00 26T02:00+01:00",
    "30 1 * * *, America/New_York, 2026-11-01T00:00-04:00, 01T01:30-04:00 02T01:30-05:00",
    "0 23 * * *, America/Santiago, 2026-04-04T12:00-03:00, 04T23:00-03:00 05T23:00-04:00",
    "45 1 * * *, Australia/Lord_Howe, 2026-04-05T00:00+11:00, 05T01:45+11:00 06T01:45+10:30"
  })
  void aRepeatedTimeIsDueTheFirstTimeOnly(
      String cron, String zone, OffsetDateTime from, String days) {
    assertDue(cron, zone, from, days);
  }

  @ParameterizedTest(name = "{0} in {1} from {2}")
  @CsvSource({
    "0 * * * *, Europe/Berlin, 2026-03-29T00:30+01:00, 29T01:00+01:00 29T03:00+02:00 29T04:00+02:00",
    "30 * * * *, Europe/Berlin, 2026-03-29T00:45+01:00, 29T01:30+01:00 29T03:30+02:00",
    "0 * * * *, Europe/Berlin, 2026-10-25T01:30+02:00, 25T02:00+02:00 25T02:00+01:00 25T03:00+01:00",
    "*/20 * * * *, America/New_York, 2026-11-01T01:30-04:00, 01T01:40-04:00 01T01:00-05:00 01T01:20-05:00",
    "*/20 * * * *, Australia/Lord_Howe, 2026-10-04T01:30+10:30, 04T01:40+10:30 04T02:40+11:00",
    "@hourly, Australia/Lord_Howe, 2026-04-05T00:30+11:00, 05T01:00+11:00 05T02:00+10:30"
  })
  void everyHourGoesOnAsTimePasses(String cron, String zone, OffsetDateTime from, String days) {
    assertDue(cron, zone, from, days);
  }

  private static void assertDue(String cron, String zone, OffsetDateTime from, String days) {
    Timetable timetable = timetable(cron, zone);
    String month = from.toString().substring(0, 8);
    Instant last = from.toInstant();
    for (String day : days.split(" ", -1)) {
      Instant next = timetable.next(last).orElseThrow();
      assertThat(next).isEqualTo(OffsetDateTime.parse(month + day).toInstant());
      last = next;
    }
  }

  /** Against another reading of the expressions: one minute after the other. */
  @Test
  void anyExpressionIsDueAtTheMinutesThatItsFieldsName() {
    Random random = new Random(15);
    for (int i = 0; i < 300; i++) {
      Fields fields = Fields.any(random);
      Instant after =
          Instant.parse("2026-01-01T00:00:00Z").plus(random.nextInt(400), ChronoUnit.DAYS);
      List<Instant> due = new ArrayList<>();
      Optional<Instant> next = timetable(fields.cron(), "UTC").next(after);
      Instant end = after.plus(10, ChronoUnit.DAYS);
      while (next.isPresent() && next.get().isBefore(end)) {
        due.add(next.get());
        next = timetable(fields.cron(), "UTC").next(next.get());
      }

      assertThat(due).as(fields.cron()).isEqualTo(fields.between(after, end));
    }
  }

  /** The values of each field; none of them is {@code *}. */
  private record Fields(
      List<Integer> minutes,
      List<Integer> hours,
      List<Integer> daysOfMonth,
      List<Integer> months,
      List<Integer> daysOfWeek) {
    static Fields any(Random random) {
      return new Fields(
          some(random, 0, 60),
          some(random, 0, 24),
          random.nextBoolean() ? List.of() : some(random, 1, 31),
          random.nextInt(4) > 0 ? List.of() : some(random, 1, 12),
          random.nextBoolean() ? List.of() : some(random, 0, 7));
    }

    private static List<Integer> some(Random random, int first, int number) {
      return random
          .ints(1 + random.nextInt(3), first, first + number)
          .sorted()
          .distinct()
          .boxed()
          .toList();
    }

    String cron() {
      return Stream.of(minutes, hours, daysOfMonth, months, daysOfWeek)
          .map(Fields::text)
          .collect(Collectors.joining(" "));
    }

    private static String text(List<Integer> values) {
      return values.isEmpty()
          ? "*"
          : values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    List<Instant> between(Instant after, Instant end) {
      List<Instant> due = new ArrayList<>();
      for (Instant at = after.plus(1, ChronoUnit.MINUTES);
          at.isBefore(end);
          at = at.plus(1, ChronoUnit.MINUTES)) {
        if (matches(LocalDateTime.ofInstant(at, ZoneOffset.UTC))) {
          due.add(at);
        }
      }
      return due;
    }

    private boolean matches(LocalDateTime at) {
      return has(minutes, at.getMinute())
          && has(hours, at.getHour())
          && has(months, at.getMonthValue())
          && isDay(at.getDayOfMonth(), at.getDayOfWeek());
    }

    /** Where both are given, either is enough. */
    private boolean isDay(int ofMonth, DayOfWeek ofWeek) {
      boolean month = has(daysOfMonth, ofMonth);
      boolean week = has(daysOfWeek, ofWeek.getValue() % 7);
      boolean bothGiven = !daysOfMonth.isEmpty() && !daysOfWeek.isEmpty();
      return bothGiven ? month || week : month && week;
    }

    private static boolean has(List<Integer> values, int value) {
      return values.isEmpty() || values.contains(value);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "* * * *",
        "0 0 2 * * *",
        "60 * * * *",
        "0 24 * * *",
        "0 2 0 * *",
        "0 2 * 13 *",
        "0 2 * * 8",
        "0 2 * * 6#3",
        "0 2 L * *",
        "*/0 * * * *",
        "50-10 * * * *",
        "@reboot",
        "0 0 30 2 *",
        "0 0 31 4,6 *"
      })
  void whatIsNoExpressionOrIsNeverDueIsRefused(String cron) {
    assertThatIllegalArgumentException().isThrownBy(() -> timetable(cron, "UTC"));
  }

  private static Timetable timetable(String cron, String zone) {
    return Timetable.of(cron, ZoneId.of(zone));
  }
}
