package dev.ss.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.JobType;
import dev.ss.job.Schedule;
import dev.ss.job.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DueTest {
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");

  @Test
  void beforeTheNextMomentNothingIsDue() {
    assertThat(due("0 * * * *", NOON, NOON.plusSeconds(3599))).isEmpty();
  }

  @Test
  void aMomentIsDueFromItsBeginning() {
    Instant one = NOON.plusSeconds(3600);

    assertThat(due("0 * * * *", NOON, one)).contains(new Due(List.of(one), 0, one));
  }

  @Test
  void eachMomentWithinCatchUpGetsAJobAndOlderOnesAreMissed() {
    Instant now = NOON.plusSeconds(4 * 1800);

    assertThat(due("*/30 * * * *", NOON, now))
        .contains(new Due(List.of(now.minusSeconds(3600), now.minusSeconds(1800), now), 1, now));
  }

  @Test
  void whatIsAMillisecondOlderThanCatchUpIsMissed() {
    Instant one = NOON.plusSeconds(3600);
    Instant limit = one.plus(Duration.ofHours(1));

    assertThat(due("0 13 * * *", NOON, limit)).contains(new Due(List.of(one), 0, one));
    assertThat(due("0 13 * * *", NOON, limit.plusMillis(1))).contains(new Due(List.of(), 1, one));
  }

  @Test
  void ofMoreThanAHundredMomentsTheNewestGetJobs() {
    Schedule schedule = schedule("* * * * *", Duration.ofHours(3));
    Instant now = NOON.plus(Duration.ofHours(4));

    Due due = Due.of(schedule, NOON, now).orElseThrow();

    assertThat(due.moments())
        .hasSize(Due.MAX_JOBS)
        .endsWith(now)
        .startsWith(now.minusSeconds(99 * 60));
    assertThat(due.missed()).isEqualTo(140);
    assertThat(due.until()).isEqualTo(now);
  }

  private static Optional<Due> due(String cron, Instant settledUntil, Instant now) {
    return Due.of(schedule(cron, Duration.ofHours(1)), settledUntil, now);
  }

  private static Schedule schedule(String cron, Duration catchUp) {
    return new Schedule(
        "s",
        Timetable.of(cron, ZoneOffset.UTC),
        new JobType("a", List.of("true"), Duration.ofMinutes(1), 1, Optional.empty()),
        new byte[0],
        0,
        catchUp);
  }
}
