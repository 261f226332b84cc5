package dev.ss.api.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentCountsTest {
  private static final Instant START = Instant.ofEpochSecond(1000);

  private final AtomicLong failed = new AtomicLong(5);
  private final AtomicLong refused = new AtomicLong(7);
  private final AtomicInteger waiting = new AtomicInteger();
  private final RecentCounts counts =
      new RecentCounts(
          new Counts(() -> 0, failed::get, () -> 0, refused::get, () -> 0, waiting::get), START);

  private ProcessFacts after(int seconds) {
    return counts.facts(false, Optional.empty(), START.plusSeconds(seconds));
  }

  private void lookUntil(int seconds) {
    for (int second = 1; second <= seconds; second++) {
      counts.look(START.plusSeconds(second));
    }
  }

  @Test
  void whatWasCountedBeforeTheFirstLookIsOver() {
    assertThat(after(0).failedRequests()).isZero();
  }

  @Test
  void aGrowthIsSeenAtOnceAndForgottenInTime() {
    failed.addAndGet(3);
    refused.addAndGet(2);
    assertThat(after(1).failedRequests()).isEqualTo(3);

    lookUntil(62);
    assertThat(after(62).failedRequests()).isZero();
    assertThat(after(62).tokensRefused()).isEqualTo(2);

    lookUntil(302);
    assertThat(after(302).tokensRefused()).isZero();
  }

  @Test
  void threadsThatWaitAtEveryLookForSomeSecondsAreSaid() {
    waiting.set(2);
    lookUntil(3);
    assertThat(after(3).waitingForConnection()).as("not for long enough").isZero();
    lookUntil(6);
    assertThat(after(6).waitingForConnection()).isEqualTo(2);

    waiting.set(0);
    counts.look(START.plusSeconds(7));
    waiting.set(2);
    assertThat(after(8).waitingForConnection()).as("they got their turn").isZero();
  }
}
