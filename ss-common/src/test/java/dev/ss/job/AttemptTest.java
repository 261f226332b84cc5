package dev.ss.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttemptTest {
  private static final Instant SUBMITTED = Instant.parse("2024-03-05T10:00:00Z");
  private static final Instant RUNNABLE = Instant.parse("2024-03-05T12:00:00Z");

  private static Attempt startedAt(Instant start) {
    return new Attempt(
        new UUID(1, 2), "word-count", 1, 1, 3, SUBMITTED, RUNNABLE, start, Optional.empty());
  }

  @Test
  void theQueueWaitBeginsWhenTheJobIsRunnableNotWhenItWasSubmitted() {
    assertThat(startedAt(RUNNABLE.plusMillis(250)).queueWait()).isEqualTo(Duration.ofMillis(250));
  }

  /** The scheduler's clock and the one that stamped the job may differ by a little. */
  @Test
  void theQueueWaitIsNeverNegative() {
    assertThat(startedAt(RUNNABLE.minusMillis(3)).queueWait()).isEqualTo(Duration.ZERO);
  }
}
