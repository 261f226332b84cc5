package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.NextStep;
import dev.ss.job.RecentAttempts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

interface RecentAttemptsConformance extends OnStore {

  private RecentAttempts recent(String jobType) {
    return new RecentAttemptsQuery(store().database(), List.of(jobType), store().clock())
        .recent()
        .get(0);
  }

  private ManualWorker.Started started(String jobType) {
    store().submit(store().newJob().type(jobType).build());
    return store()
        .worker("of-" + jobType, List.of(TestStore.type(jobType, Optional.empty())))
        .start();
  }

  private void pass(int seconds) {
    store().clock().advance(Duration.ofSeconds(seconds));
  }

  @Test
  default void aTypeWithoutJobsHasNoAttempts() {
    assertThat(recent("first"))
        .isEqualTo(new RecentAttempts("first", 0, 0, 0, 0, 0, Optional.empty(), Optional.empty()));
  }

  @Test
  default void jobsCountByHowTheirLastAttemptEnded() {
    started("first").finish(Runs.succeeded("1"), Runs.SUCCEED);
    pass(1);
    started("first").finish(Runs.failed("no"), Runs.FAIL);
    pass(1);
    started("first")
        .finish(Runs.failed("not yet"), new NextStep.Requeue(Duration.ofMinutes(5), false));
    Instant lastFailure = store().clock().instant();
    pass(1);
    started("second").finish(Runs.failed("no"), Runs.FAIL);
    started("first");

    assertThat(recent("first"))
        .isEqualTo(
            new RecentAttempts(
                "first",
                1,
                1,
                1,
                2,
                0,
                Optional.of(lastFailure),
                Optional.of(store().clock().instant())));
  }

  @Test
  default void aJobThatRunsAgainAfterAFailureStillCountsAsFailed() {
    started("first").finish(Runs.failed("not yet"), Runs.TRY_AGAIN_AT_ONCE);
    store().worker("again", List.of(TestStore.type("first", Optional.empty()))).start();

    assertThat(recent("first").toBeRepeated()).isEqualTo(1);
    assertThat(recent("first").failuresInARow()).isEqualTo(1);
  }

  @Test
  default void jobsThatWereInterruptedLostOrNeverRanAreNoFailures() {
    started("first").finish(Runs.interrupted(), Runs.GIVE_BACK);
    started("first").finish(Runs.lost(), Runs.TRY_AGAIN_AT_ONCE);
    store().submit(store().newJob().type("first").build());

    assertThat(recent("first").jobs()).isZero();
  }

  @Test
  default void whatEndedLongAgoSaysNothing() {
    started("first").finish(Runs.failed("no"), Runs.FAIL);
    pass(86_401);

    assertThat(recent("first").jobs()).isZero();
  }

  /** The retried ones are the oldest of a long queue. */
  @Test
  default void jobsThatWaitForAnotherAttemptAreFoundBeforeManyThatNeverRan() {
    for (int i = 0; i < 3; i++) {
      started("first")
          .finish(Runs.failed("no"), new NextStep.Requeue(Duration.ofMinutes(5), false));
    }
    for (int i = 0; i < 150; i++) {
      store().submit(store().newJob().type("first").build());
    }

    assertThat(recent("first").toBeRepeated()).isEqualTo(3);
  }

  @Test
  default void theNewestCountHoweverManyThereAre() {
    started("first").finish(Runs.failed("no"), Runs.FAIL);
    for (int i = 0; i < 101; i++) {
      pass(1);
      started("first").finish(Runs.succeeded("1"), Runs.SUCCEED);
    }

    assertThat(recent("first").jobs()).isEqualTo(100);
    assertThat(recent("first").failures()).isZero();
    assertThat(recent("first").successesInARow()).isEqualTo(100);
  }
}
