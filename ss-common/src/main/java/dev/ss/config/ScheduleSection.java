package dev.ss.config;

import dev.ss.job.JobType;
import dev.ss.job.Schedule;
import dev.ss.job.Timetable;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Configures a schedule. */
record ScheduleSection(
    @Meaning(
            value =
                "when it is due: minute, hour, day of the month, month and day of the week, as in "
                    + "crontab(5), or `@hourly`, `@daily` and their like",
            defaultText = "none: every schedule needs one")
        @NotBlank(message = "must say when the schedule is due, as in \"0 2 * * *\"")
        String cron,
    @Meaning("the time zone in which `cron` is read") String zone,
    @Meaning(
            value = "the type of its jobs, one of `jobTypes`",
            defaultText = "none: every schedule needs one")
        @NotBlank(message = "must be a name of jobTypes")
        String jobType,
    @Meaning(value = "the input of its jobs", defaultText = "empty") String input,
    @Meaning("the priority of its jobs") @Min(-100) @Max(100) Integer priority,
    @Meaning(
            "how old a due moment may be for its job to be made after all, when no API was there in "
                + "time; an older one is missed. At most 100 jobs are made at once")
        @MinDuration(value = 1, unit = TimeUnit.MINUTES)
        @MaxDuration(value = 7, unit = TimeUnit.DAYS)
        Duration catchUp) {

  /** Replaces missing values with their defaults; {@code cron} and {@code jobType} have none. */
  ScheduleSection {
    zone = Objects.requireNonNullElse(zone, "UTC");
    input = Objects.requireNonNullElse(input, "");
    priority = Objects.requireNonNullElse(priority, 0);
    catchUp = Objects.requireNonNullElseGet(catchUp, () -> Duration.hours(1));
  }

  /**
   * The time zone.
   *
   * @throws IllegalArgumentException if there is no such zone
   */
  ZoneId zoneId() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be a time zone, such as Europe/Berlin or UTC, and %s is not".formatted(zone), e);
    }
  }

  /**
   * When the schedule is due.
   *
   * @throws IllegalArgumentException if the expression or the zone is wrong
   */
  Timetable timetable() {
    return Timetable.of(cron, zoneId());
  }

  byte[] inputBytes() {
    return input.getBytes(StandardCharsets.UTF_8);
  }

  Schedule schedule(String name, JobType type) {
    return new Schedule(name, timetable(), type, inputBytes(), priority, catchUp.toJavaDuration());
  }
}
