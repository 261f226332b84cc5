package dev.ss.api.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.unit.SettableClock;
import dev.ss.testkit.unit.Together;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QueueLimitTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration MAX_AGE = Duration.ofSeconds(15);

  private final SettableClock clock = new SettableClock();
  private final QueueLimit limit = limit(OptionalLong.of(10));

  private QueueLimit limit(OptionalLong most) {
    return new QueueLimit(most, INTERVAL, MAX_AGE, clock);
  }

  @Test
  void beforeTheFirstCountThereIsRoom() {
    assertThat(limit.admit(1000)).isEqualTo(1000);
  }

  @Test
  void thereIsRoomUpToTheLimit() {
    limit.counted(7, 0, Duration.ZERO);

    assertThat(limit.admit(2)).isEqualTo(2);
    assertThat(limit.admit(2)).isEqualTo(1);
    assertThat(limit.admit(2)).isZero();
  }

  @Test
  void aQueueBeyondItsLimitHasNoRoom() {
    limit.counted(12, 0, Duration.ZERO);

    assertThat(limit.admit(1)).isZero();
  }

  @Test
  void withoutALimitThereIsAlwaysRoom() {
    QueueLimit none = limit(OptionalLong.empty());
    none.counted(1_000_000, 0, Duration.ZERO);

    assertThat(none.admit(1000)).isEqualTo(1000);
  }

  @Test
  void roomThatIsNotUsedIsGivenBack() {
    limit.counted(7, 0, Duration.ZERO);

    limit.settle(limit.admit(3), 1);

    assertThat(limit.admit(3)).isEqualTo(2);
  }

  @Test
  void whatTheCountHasSeenIsNotCountedAgain() {
    limit.counted(0, 0, Duration.ZERO);
    limit.settle(limit.admit(4), 4);
    limit.counted(4, limit.stored(), Duration.ZERO);

    assertThat(limit.admit(10)).isEqualTo(6);
  }

  @Test
  void whatIsStoredDuringACountIsNotForgotten() {
    limit.counted(0, 0, Duration.ZERO);
    int storing = limit.admit(4);
    long storedBefore = limit.stored();
    limit.settle(storing, 4);
    limit.counted(0, storedBefore, Duration.ZERO);

    assertThat(limit.admit(10)).isEqualTo(6);
  }

  @Test
  void aCountThatIsTooOldHoldsNobodyBack() {
    limit.counted(10, 0, Duration.ZERO);
    clock.advance(MAX_AGE);
    assertThat(limit.admit(1)).isZero();

    clock.advance(Duration.ofMillis(1));
    assertThat(limit.admit(1)).isEqualTo(1);
  }

  @Test
  void theNextCountIsAnIntervalAndACountAway() {
    limit.counted(10, 0, Duration.ofMillis(300));
    assertThat(limit.untilNextCount()).isEqualTo(Duration.ofSeconds(6));

    clock.advance(Duration.ofSeconds(2));
    assertThat(limit.untilNextCount()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void aCountThatIsOverdueIsASecondAway() {
    limit.counted(10, 0, Duration.ZERO);
    clock.advance(Duration.ofSeconds(9));

    assertThat(limit.untilNextCount()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void howeverManyComeAtOnceNoMoreGetIn() throws Exception {
    limit.counted(0, 0, Duration.ZERO);

    assertThat(Together.inThreads(20, () -> limit.admit(1)).stream().mapToInt(n -> n).sum())
        .isEqualTo(10);
  }
}
