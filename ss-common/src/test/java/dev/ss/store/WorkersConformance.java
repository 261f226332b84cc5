package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.WorkerStatus;
import dev.ss.testkit.unit.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

interface WorkersConformance extends OnStore {
  UUID FIRST = new UUID(1, 1);
  UUID SECOND = new UUID(2, 2);
  Duration LEASE = Duration.ofSeconds(20);

  private WorkerStatus worker(String id, boolean draining, int running) {
    Instant now = store().clock().instant();
    return new WorkerStatus(
        id,
        draining,
        4,
        running,
        List.of("checksum", "word-count"),
        now.minusSeconds(60),
        now,
        Optional.of("host-1"));
  }

  private WorkerStatus worker() {
    return worker("worker-1", false, 0);
  }

  /** As a worker does that starts. */
  private boolean take(UUID instance, Optional<UUID> dead) {
    return store().workers().take(worker(), instance, store().clock().instant().minus(LEASE), dead);
  }

  @Test
  default void workersAreListedInTheOrderOfTheirIds() {
    WorkerStatus second = worker("worker-2", false, 0);
    WorkerStatus first = worker("worker-1", true, 3);
    store().workers().beat(second, SECOND);
    store().workers().beat(first, FIRST);

    assertThat(store().workers().list()).containsExactly(first, second);
    assertThat(store().workers().find("worker-2")).contains(second);
    assertThat(store().workers().find("worker-3")).isEmpty();
  }

  @Test
  default void aWorkerIsListedAsItLastDescribedItself() {
    store().workers().beat(worker("worker-1", false, 1), FIRST);
    store().clock().advance(Duration.ofSeconds(5));
    WorkerStatus now = worker("worker-1", true, 3);

    assertThat(store().workers().beat(now, FIRST)).isTrue();

    assertThat(store().workers().list()).containsExactly(now);
  }

  @Test
  default void aNameThatNobodyHasIsTaken() {
    assertThat(take(FIRST, Optional.empty())).isTrue();

    assertThat(store().workers().list()).containsExactly(worker());
  }

  @Test
  default void aNameIsNotTakenFromOneThatWasHeardOfLately() {
    WorkerStatus holder = worker();
    store().workers().beat(holder, FIRST);
    store().clock().advance(LEASE);

    assertThat(take(SECOND, Optional.empty())).isFalse();
    assertThat(take(SECOND, Optional.of(new UUID(3, 3)))).isFalse();

    assertThat(store().workers().list()).containsExactly(holder);
  }

  @Test
  default void aNameIsTakenFromOneThatHasBeenSilentForLongerThanALease() {
    store().workers().beat(worker(), FIRST);
    store().clock().advance(LEASE.plusMillis(1));

    assertThat(take(SECOND, Optional.empty())).isTrue();

    assertThat(store().workers().list()).containsExactly(worker());
  }

  @Test
  default void aNameIsTakenAtOnceFromOneThatIsKnownToBeDead() {
    store().workers().beat(worker(), FIRST);

    assertThat(take(SECOND, Optional.of(FIRST))).isTrue();

    assertThat(store().workers().beat(worker(), FIRST)).isFalse();
  }

  @Test
  default void ofManyThatWantANameOneGetsIt() throws Exception {
    List<Boolean> taken = Together.inThreads(20, () -> take(UUID.randomUUID(), Optional.empty()));

    assertThat(taken).filteredOn(Boolean::booleanValue).hasSize(1);
  }

  @Test
  default void aNameOfAWorkerThatDidNotSayWhichItIsIsTakenAfterItsLease() {
    store().workers().beat(worker(), FIRST);
    store().sql("update workers set instance = null, host = null");

    assertThat(take(SECOND, Optional.of(FIRST))).isFalse();

    store().clock().advance(LEASE.plusMillis(1));
    assertThat(take(SECOND, Optional.empty())).isTrue();
  }

  @Test
  default void whoHasLostItsNameWritesNothingUnderIt() {
    store().workers().beat(worker(), FIRST);
    take(SECOND, Optional.of(FIRST));
    WorkerStatus holder = worker();

    assertThat(store().workers().beat(worker("worker-1", true, 4), FIRST)).isFalse();
    store().workers().remove("worker-1", FIRST);

    assertThat(store().workers().list()).containsExactly(holder);
  }

  @Test
  default void aWorkerThatHasBeenForgottenIsListedAgainWithItsNextHeartbeat() {
    store().workers().beat(worker(), FIRST);
    store().workers().removeSilentSince(store().clock().instant().plusMillis(1));
    assertThat(store().workers().list()).isEmpty();

    assertThat(store().workers().beat(worker(), FIRST)).isTrue();

    assertThat(store().workers().list()).containsExactly(worker());
  }

  @Test
  default void aWorkerThatIsTakenOffTheListLeavesTheOthers() {
    WorkerStatus stays = worker();
    store().workers().beat(stays, FIRST);
    store().workers().beat(worker("worker-2", false, 0), SECOND);

    store().workers().remove("worker-2", SECOND);

    assertThat(store().workers().list()).containsExactly(stays);
  }

  @Test
  default void onlyWorkersThatAreSilentForLongAreForgotten() {
    store().workers().beat(worker("silent", false, 0), FIRST);
    store().clock().advance(Duration.ofHours(1));
    WorkerStatus heard = worker("heard", false, 0);
    store().workers().beat(heard, SECOND);

    store().workers().removeSilentSince(store().clock().instant());

    assertThat(store().workers().list()).containsExactly(heard);
  }
}
