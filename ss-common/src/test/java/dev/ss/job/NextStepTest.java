package dev.ss.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.NextStep.Finish;
import dev.ss.job.NextStep.Requeue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NextStepTest {
  private static final int MAX_ATTEMPTS = 3;
  private static final Backoff DOUBLING_FROM_TEN_SECONDS =
      new Backoff(Duration.ofSeconds(10), 2, Duration.ofHours(1), 0, () -> 0.5);

  @ParameterizedTest
  @ValueSource(ints = {1, MAX_ATTEMPTS})
  void aSuccessIsASuccessInAnyAttempt(int attempt) {
    assertThat(after(attempt, RunOutcome.SUCCEEDED)).isEqualTo(new Finish(JobState.SUCCEEDED));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, MAX_ATTEMPTS})
  void aCancelIsFinalInAnyAttempt(int attempt) {
    assertThat(after(attempt, RunOutcome.CANCELLED)).isEqualTo(new Finish(JobState.CANCELLED));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, MAX_ATTEMPTS})
  void anInterruptionCostsNothingEvenInTheLastAttempt(int attempt) {
    assertThat(after(attempt, RunOutcome.INTERRUPTED)).isEqualTo(new Requeue(Duration.ZERO, true));
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "TIMED_OUT", "OUT_OF_MEMORY"})
  void aFailureWithAttemptsLeftIsRepeatedAfterItsBackoff(RunOutcome outcome) {
    assertThat(after(1, outcome)).isEqualTo(new Requeue(Duration.ofSeconds(10), false));
    assertThat(after(2, outcome)).isEqualTo(new Requeue(Duration.ofSeconds(20), false));
  }

  @Test
  void aLostAttemptIsRepeatedAtOnceAndCounts() {
    assertThat(after(1, RunOutcome.LOST)).isEqualTo(new Requeue(Duration.ZERO, false));
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "TIMED_OUT", "OUT_OF_MEMORY", "LOST"})
  void withoutAttemptsLeftTheJobHasFailed(RunOutcome outcome) {
    assertThat(after(MAX_ATTEMPTS, outcome)).isEqualTo(new Finish(JobState.FAILED));
  }

  @Test
  void anAttemptBeyondTheLastIsTheLastToo() {
    assertThat(after(MAX_ATTEMPTS + 1, RunOutcome.FAILED)).isEqualTo(new Finish(JobState.FAILED));
  }

  private static NextStep after(int number, RunOutcome outcome) {
    Instant now = Instant.EPOCH;
    Attempt attempt =
        new Attempt(
            new UUID(1, 2),
            "word-count",
            number + 5,
            number,
            MAX_ATTEMPTS,
            now,
            now,
            now,
            Optional.empty());
    return NextStep.after(attempt, outcome, DOUBLING_FROM_TEN_SECONDS);
  }
}
