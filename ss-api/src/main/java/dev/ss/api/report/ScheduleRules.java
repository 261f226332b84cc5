package dev.ss.api.report;

import static dev.ss.api.report.FindingCode.SCHEDULE_LATE;
import static dev.ss.api.report.FindingCode.SCHEDULE_MISSED;

import dev.ss.job.ScheduleState;
import dev.ss.job.ScheduleStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether schedules make their jobs. */
final class ScheduleRules {
  /** An API makes a job within seconds. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private static final Duration RECENT = Duration.ofHours(1);

  private ScheduleRules() {}

  static List<Finding> of(Facts facts) {
    return facts.current().stream()
        .flatMap(
            snapshot ->
                Stream.of(late(snapshot, facts.now()), missed(snapshot, facts.now()))
                    .flatMap(Optional::stream))
        .toList();
  }

  private static Optional<Finding> late(Snapshot snapshot, Instant now) {
    List<ScheduleStatus> late =
        having(snapshot, ScheduleStatus::nextAt, due -> due.plus(LATE).isBefore(now));
    return late.stream()
        .findFirst()
        .map(
            worst -> {
              Duration by = Duration.between(worst.nextAt().orElseThrow(), now);
              return Finding.of(
                  SCHEDULE_LATE,
                  Verdict.BAD,
                  "Schedule %s was due %s ago and has made no job%s."
                      .formatted(
                          worst.schedule().name(), Words.duration(by), others(late.size() - 1)),
                  new Evidence()
                      .with("late_schedules", late.size())
                      .with("late_seconds", by)
                      .map());
            });
  }

  private static Optional<Finding> missed(Snapshot snapshot, Instant now) {
    List<ScheduleStatus> missing =
        having(
            snapshot,
            status -> status.state().flatMap(ScheduleState::lastMissedAt),
            at -> !at.plus(RECENT).isBefore(now));
    return missing.stream()
        .findFirst()
        .map(
            first ->
                Finding.of(
                    SCHEDULE_MISSED,
                    Verdict.WARN,
                    "Schedule %s has missed runs%s: no API was there until catchUp was over."
                        .formatted(first.schedule().name(), others(missing.size() - 1)),
                    new Evidence().with("missing_schedules", missing.size()).map()));
  }

  /** The schedules with a time like that, the earliest first. */
  private static List<ScheduleStatus> having(
      Snapshot snapshot,
      Function<ScheduleStatus, Optional<Instant>> time,
      Predicate<Instant> like) {
    return snapshot.schedules().stream()
        .filter(status -> time.apply(status).filter(like).isPresent())
        .sorted(Comparator.comparing(status -> time.apply(status).orElseThrow()))
        .toList();
  }

  private static String others(int number) {
    return number == 0 ? "" : Words.many(number, ", and another", ", and %s others");
  }
}
