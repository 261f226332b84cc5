package dev.ss.api.report;

import static dev.ss.api.report.FindingCode.EVERYTHING_FAILING;
import static dev.ss.api.report.FindingCode.JOB_TYPE_FAILING;
import static dev.ss.api.report.FindingCode.JOB_TYPE_FAILING_OFTEN;
import static dev.ss.api.report.FindingCode.JOB_TYPE_RETRYING;

import dev.ss.job.RecentAttempts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether jobs succeed. A type fails while none of its newest attempts succeeds. It has recovered
 * when enough of them in a row have succeeded, however many failed before.
 */
final class ExecutionRules {
  /** So many failures in a row are no accident. */
  private static final int ROW = 5;

  /** With fewer jobs than these a type may still have had bad luck. */
  private static final int FEW = 3;

  /** So many successes in a row end a time of failures. */
  private static final int RECOVERED = 10;

  /** The part of a type's jobs that may fail, as in the alert, and of how many at least. */
  private static final double FAILING_OFTEN = 0.2;

  private static final int ENOUGH = 10;

  /** A failure longer ago is no emergency any more. */
  private static final Duration LATELY = Duration.ofHours(1);

  private ExecutionRules() {}

  static List<Finding> of(Facts facts) {
    return facts.current().map(ExecutionRules::of).orElse(List.of());
  }

  private static List<Finding> of(Snapshot snapshot) {
    List<RecentAttempts> tried =
        snapshot.attempts().stream().filter(type -> type.jobs() > 0).toList();
    return Stream.concat(
            everything(tried, snapshot.taken()).stream(),
            tried.stream().flatMap(type -> ofType(type, snapshot.taken()).stream()))
        .toList();
  }

  private static Optional<Finding> everything(List<RecentAttempts> tried, Instant now) {
    int failures = tried.stream().mapToInt(RecentAttempts::failures).sum();
    if (failures < FEW
        || !tried.stream().allMatch(ExecutionRules::isFailing)
        || tried.stream().noneMatch(type -> failedLately(type, now))) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            EVERYTHING_FAILING,
            Verdict.BAD,
            "No job succeeds: the newest jobs of %s failed."
                .formatted(
                    tried.size() == 1
                        ? tried.get(0).jobType()
                        : "all %d types that were tried".formatted(tried.size())),
            new Evidence().with("job_types", tried.size()).with("failed_jobs", failures).map()));
  }

  private static Optional<Finding> ofType(RecentAttempts type, Instant now) {
    if (isFailing(type)) {
      boolean sure = type.failuresInARow() >= FEW && failedLately(type, now);
      return Optional.of(failing(type, sure ? Verdict.BAD : Verdict.WARN));
    }
    if (failsOften(type)) {
      return Optional.of(
          Finding.ofType(
              JOB_TYPE_FAILING_OFTEN,
              Verdict.WARN,
              type.jobType(),
              "%s of the newest %d jobs of %s failed."
                  .formatted(Words.percent(failureRatio(type)), type.jobs(), type.jobType()),
              evidence(type)));
    }
    return Optional.empty();
  }

  private static Finding failing(RecentAttempts type, Verdict severity) {
    if (type.failed() == 0) {
      return Finding.ofType(
          JOB_TYPE_RETRYING,
          severity,
          type.jobType(),
          "%s of %s failed and %s for the next attempt."
              .formatted(
                  Words.many(type.failuresInARow(), "The newest job", "The newest %s jobs"),
                  type.jobType(),
                  type.failuresInARow() == 1 ? "waits" : "wait"),
          evidence(type));
    }
    return Finding.ofType(
        JOB_TYPE_FAILING,
        severity,
        type.jobType(),
        "%s of %s failed."
            .formatted(
                Words.many(type.failuresInARow(), "The newest job", "The newest %s jobs"),
                type.jobType()),
        evidence(type));
  }

  private static boolean isFailing(RecentAttempts type) {
    return type.failuresInARow() >= Math.min(ROW, type.jobs());
  }

  private static boolean failsOften(RecentAttempts type) {
    return type.jobs() >= ENOUGH
        && failureRatio(type) > FAILING_OFTEN
        && type.successesInARow() < RECOVERED;
  }

  private static double failureRatio(RecentAttempts type) {
    return (double) type.failures() / type.jobs();
  }

  private static boolean failedLately(RecentAttempts type, Instant now) {
    return type.lastFailure().map(failure -> failure.plus(LATELY).isAfter(now)).orElse(false);
  }

  private static Map<String, Number> evidence(RecentAttempts type) {
    return new Evidence()
        .with("succeeded_jobs", type.succeeded())
        .with("failed_jobs", type.failed())
        .with("jobs_to_be_repeated", type.toBeRepeated())
        .with("failures_in_a_row", type.failuresInARow())
        .map();
  }

  /** The numbers of the area: of the newest jobs of each type. */
  static Map<String, Number> evidence(Facts facts) {
    return facts
        .current()
        .map(
            snapshot ->
                new Evidence()
                    .with("recent_jobs", jobs(snapshot))
                    .with("failed_jobs", failures(snapshot))
                    .map())
        .orElse(Map.of());
  }

  /** What the area is like when there is nothing to say against it. */
  static String summary(Snapshot snapshot) {
    int jobs = jobs(snapshot);
    int failures = failures(snapshot);
    return switch (jobs) {
      case 0 -> "No job has ended within a day.";
      case 1 -> failures == 0 ? "The newest job did not fail." : "The newest job failed.";
      default ->
          "%s of the newest %s jobs failed."
              .formatted(failures == 0 ? "None" : Words.number(failures), Words.number(jobs));
    };
  }

  private static int jobs(Snapshot snapshot) {
    return snapshot.attempts().stream().mapToInt(RecentAttempts::jobs).sum();
  }

  private static int failures(Snapshot snapshot) {
    return snapshot.attempts().stream().mapToInt(RecentAttempts::failures).sum();
  }
}
