package dev.ss.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
  private static final double LARGEST_BELOW_ONE = Math.nextDown(1.0);

  private static Backoff backoff(double jitter, DoubleSupplier random) {
    return new Backoff(Duration.ofSeconds(1), 3, Duration.ofMinutes(1), jitter, random);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "3, 9", "4, 27"})
  void eachWaitIsLongerByTheMultiplier(int attempt, int seconds) {
    assertThat(backoff(0, () -> 0.5).after(attempt)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 100, Integer.MAX_VALUE})
  void noWaitIsLongerThanTheLimit(int attempt) {
    assertThat(backoff(0, () -> 0.5).after(attempt)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void jitterVariesAWaitInBothDirectionsByAtMostItsFraction() {
    assertThat(backoff(0.2, () -> 0).after(3)).isEqualTo(Duration.ofMillis(7200));
    assertThat(backoff(0.2, () -> 0.5).after(3)).isEqualTo(Duration.ofSeconds(9));
    assertThat(backoff(0.2, () -> LARGEST_BELOW_ONE).after(3)).isEqualTo(Duration.ofMillis(10800));
  }

  @Test
  void jobsThatFailedTogetherForLongDoNotComeBackTogetherEither() {
    assertThat(backoff(0.2, () -> 0).after(100)).isEqualTo(Duration.ofSeconds(48));
    assertThat(backoff(0.2, () -> LARGEST_BELOW_ONE).after(100)).isEqualTo(Duration.ofSeconds(72));
  }

  @Test
  void evenFullJitterLeavesNoNegativeWait() {
    assertThat(backoff(1, () -> 0).after(1)).isEqualTo(Duration.ZERO);
  }
}
