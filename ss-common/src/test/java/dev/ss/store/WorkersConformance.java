package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

interface WorkersConformance extends OnStore {

  private WorkerStatus worker(String id, boolean draining, int running) {
    Instant now = store().clock().instant();
    return new WorkerStatus(
        id, draining, 4, running, List.of("checksum", "word-count"), now.minusSeconds(60), now);
  }

  @Test
  default void workersAreListedInTheOrderOfTheirIds() {
    WorkerStatus second = worker("worker-2", false, 0);
    WorkerStatus first = worker("worker-1", true, 3);
    store().workers().put(second);
    store().workers().put(first);

    assertThat(store().workers().list()).containsExactly(first, second);
  }

  @Test
  default void aWorkerIsListedAsItLastDescribedItself() {
    store().workers().put(worker("worker-1", false, 1));
    store().clock().advance(Duration.ofSeconds(5));
    WorkerStatus now = worker("worker-1", true, 3);
    store().workers().put(now);

    assertThat(store().workers().list()).containsExactly(now);
  }

  @Test
  default void aWorkerThatIsTakenOffTheListLeavesTheOthers() {
    WorkerStatus stays = worker("worker-1", false, 0);
    store().workers().put(stays);
    store().workers().put(worker("worker-2", false, 0));

    store().workers().remove("worker-2");

    assertThat(store().workers().list()).containsExactly(stays);
  }

  @Test
  default void onlyWorkersThatAreSilentForLongAreForgotten() {
    store().workers().put(worker("silent", false, 0));
    store().clock().advance(Duration.ofDays(1));
    WorkerStatus heard = worker("heard", false, 0);
    store().workers().put(heard);

    store().workers().removeSilentSince(store().clock().instant());

    assertThat(store().workers().list()).containsExactly(heard);
  }
}
