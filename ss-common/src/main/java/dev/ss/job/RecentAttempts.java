package dev.ss.job;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a job type has done lately. It counts each job once, by its last attempt.
 *
 * @param succeeded jobs that succeeded
 * @param failed jobs that failed for good
 * @param toBeRepeated jobs whose last attempt failed and that have attempts left
 * @param failuresInARow how many of the newest attempts failed, one after the other
 * @param successesInARow how many of the newest attempts succeeded, one after the other
 * @param lastFailure when the newest attempt that failed began
 * @param lastStart when the newest attempt began, however it ended or whether it still runs
 */
public record RecentAttempts(
    String jobType,
    int succeeded,
    int failed,
    int toBeRepeated,
    int failuresInARow,
    int successesInARow,
    Optional<Instant> lastFailure,
    Optional<Instant> lastStart) {

  /**
   * Sums up the attempts of a type.
   *
   * @param attempts in any order
   * @param most counts only so many of the newest
   */
  public static RecentAttempts of(String jobType, List<LastAttempt> attempts, int most) {
    List<LastAttempt> known =
        newestFirst(attempts).filter(LastAttempt::isKnown).limit(most).toList();
    return new RecentAttempts(
        jobType,
        count(known, LastAttempt.Result.SUCCEEDED),
        count(known, LastAttempt.Result.FAILED),
        count(known, LastAttempt.Result.TO_BE_REPEATED),
        (int) known.stream().takeWhile(LastAttempt::isFailure).count(),
        (int) known.stream().takeWhile(attempt -> !attempt.isFailure()).count(),
        known.stream().filter(LastAttempt::isFailure).map(LastAttempt::startedAt).findFirst(),
        newestFirst(attempts).map(LastAttempt::startedAt).findFirst());
  }

  private static Stream<LastAttempt> newestFirst(List<LastAttempt> attempts) {
    return attempts.stream().sorted(Comparator.comparing(LastAttempt::startedAt).reversed());
  }

  private static int count(List<LastAttempt> attempts, LastAttempt.Result result) {
    return (int) attempts.stream().filter(attempt -> attempt.result() == result).count();
  }

  /** Returns how many jobs are counted. */
  public int jobs() {
    return succeeded + failures();
  }

  /** Returns how many of the jobs failed, or failed so far. */
  public int failures() {
    return failed + toBeRepeated;
  }
}
