package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.job.NewJob;
import dev.ss.job.WorkerStatus;
import dev.ss.testkit.unit.Together;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Threads that write at the same time, and so perhaps with one commit. */
interface TogetherConformance extends OnStore {

  @Test
  default void aCallerThatFailsRollsBackOnlyItsOwnWork() throws Exception {
    Instant now = store().clock().instant();
    store()
        .workers()
        .beat(
            new WorkerStatus("w", false, 1, 0, List.of("any"), now, now, Optional.empty()),
            new UUID(1, 1));
    ConcurrentLinkedQueue<NewJob> jobs = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 40; i++) {
      jobs.add(store().newJob().build());
    }

    List<Optional<NewJob>> stored = Together.inThreads(40, () -> storeOrFail(jobs.remove()));

    assertThat(stored).filteredOn(Optional::isPresent).hasSize(20);
    assertThat(store().rows("jobs")).hasSize(20);
    assertThat(store().rows("job_inputs")).hasSize(20);
    assertThat(store().workers().list()).extracting(WorkerStatus::slots).containsExactly(1);
    stored.forEach(
        each -> each.ifPresent(job -> assertThat(store().jobs().find(job.id())).isPresent()));
  }

  /** Every second one fails after it has written. */
  private Optional<NewJob> storeOrFail(NewJob job) {
    if (job.id().getLeastSignificantBits() % 2 == 0) {
      store().submissions().submit(job);
      return Optional.of(job);
    }
    assertThatThrownBy(
            () ->
                store()
                    .database()
                    .inTransaction(
                        handle -> {
                          handle.execute("update workers set slots = 99");
                          throw new IllegalArgumentException("as intended");
                        }))
        .isInstanceOf(IllegalArgumentException.class);
    return Optional.empty();
  }
}
