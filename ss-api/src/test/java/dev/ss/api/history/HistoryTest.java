package dev.ss.api.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.job.QueueState;
import dev.ss.job.QueueStats;
import dev.ss.job.Turnover;
import dev.ss.testkit.unit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Duration MAX_AGE = Duration.ofSeconds(15);

  private final SettableClock clock = new SettableClock();
  private final AtomicLong requests = new AtomicLong();
  private final List<Duration> asked = new ArrayList<>();
  private boolean away;
  private final History history =
      new History(this::turnover, requests::get, () -> 0, MAX_AGE, clock);

  private Map<String, Turnover> turnover(Instant from, Instant before) {
    if (away) {
      throw new IllegalStateException("away");
    }
    asked.add(Duration.between(from, before));
    return Map.of("resize", new Turnover(3, 2, 1, 0));
  }

  private void pass(Duration time) {
    clock.advance(time);
    history.run();
  }

  private Step last() {
    List<Step> steps = history.steps();
    return steps.get(steps.size() - 1);
  }

  private void count(long ready) {
    history.counted(
        new QueueStats(
            List.of(new QueueStats.Count("resize", QueueState.READY, ready, Duration.ZERO)),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of()));
  }

  @Test
  void thereIsNoStepBeforeAnythingCanBeCommitted() {
    pass(Duration.ofSeconds(1));

    assertThat(history.steps()).isEmpty();
  }

  @Test
  void stepsFollowOneAnotherWithoutGapAndGrowthCountsOnce() {
    requests.set(7);
    pass(History.STEP);
    requests.set(9);
    pass(History.STEP);

    assertThat(asked).containsExactly(Duration.ofSeconds(8), History.STEP);
    assertThat(history.steps()).extracting(Step::requests).containsExactly(7L, 2L);
  }

  @Test
  void anHourIsKept() {
    for (int i = 0; i < 400; i++) {
      requests.set(i);
      pass(History.STEP);
    }

    assertThat(history.steps()).hasSize(360);
    assertThat(Duration.between(history.steps().get(0).end(), last().end()))
        .isEqualTo(Duration.ofSeconds(3590));
  }

  @Test
  void aCountOfTheQueueThatIsTooOldIsNoCount() {
    count(4);
    pass(History.STEP);
    assertThat(last().queued(QueueState.READY, Set.of())).hasValue(4);
    assertThat(last().queued(QueueState.RUNNING, Set.of())).hasValue(0);
    pass(History.STEP);

    assertThat(last().queued(QueueState.READY, Set.of())).isEqualTo(OptionalLong.empty());
  }

  @Test
  void whatTheDatabaseDidNotSayIsNotKnownAndTheRestIs() {
    away = true;
    requests.set(5);
    clock.advance(History.STEP);
    assertThatThrownBy(history::run).hasMessage("away");
    away = false;

    assertThat(last().turnover(Set.of())).isEmpty();
    assertThat(last().requests()).isEqualTo(5);
    pass(History.STEP);
    assertThat(asked).containsExactly(History.STEP);
    assertThat(last().turnover(Set.of())).hasValue(new Turnover(3, 2, 1, 0));
    assertThat(last().turnover(Set.of("report"))).hasValue(Turnover.NONE);
  }

  @Test
  void afterANightAsleepOnlyTheLastMinuteIsCounted() {
    pass(Duration.ofHours(8));

    assertThat(last().length()).isEqualTo(Duration.ofMinutes(1));
  }
}
