package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

interface JobTypeConformance extends OnStore {
  Instant EARLIER = Instant.parse("2030-01-01T00:00:00.123Z");
  Instant LATER = EARLIER.plusSeconds(1);

  @Test
  default void theLastSuccessOfATypeIsNeverLowered() {
    assertThat(store().jobTypeStates().lastSuccesses()).isEmpty();

    store().jobTypeStates().succeeded(Map.of("a", EARLIER, "b", LATER));
    store().jobTypeStates().succeeded(Map.of("a", LATER, "b", EARLIER));

    assertThat(store().jobTypeStates().lastSuccesses()).isEqualTo(Map.of("a", LATER, "b", LATER));
  }

  @Test
  default void aTypeWithoutASuccessHasNone() {
    store().sql("insert into job_types (job_type) values ('a')");
    assertThat(store().jobTypeStates().lastSuccesses()).isEmpty();

    store().jobTypeStates().succeeded(Map.of("a", EARLIER));

    assertThat(store().jobTypeStates().lastSuccesses()).isEqualTo(Map.of("a", EARLIER));
  }

  @Test
  default void jobsOfAPausedTypeAreNotClaimedUntilItIsResumed() {
    PausedTypes paused = new PausedTypes(store().database());
    store().jobTypeStates().succeeded(Map.of("first", EARLIER));
    store().submit(store().newJob().type("first").build());
    store().submit(store().newJob().type("limited").build());
    store().submit(store().newJob().type("second").build());
    ManualWorker worker =
        store()
            .worker(
                "w",
                List.of(
                    TestStore.type("first", Optional.empty()),
                    TestStore.type("second", Optional.empty()),
                    TestStore.type("limited", Optional.of(1))));

    assertThat(paused.pause("first", LATER, Optional.of("ops"))).isTrue();
    assertThat(paused.pause("first", LATER.plusSeconds(9), Optional.of("ops"))).isFalse();
    assertThat(paused.pause("limited", LATER, Optional.empty())).isTrue();
    assertThat(paused.all()).isEqualTo(Map.of("first", LATER, "limited", LATER));
    worker.queue().readPauses();
    assertThat(worker.claim(9))
        .extracting(each -> each.attempt().jobType())
        .containsExactly("second");

    assertThat(paused.resume("first")).isTrue();
    assertThat(paused.resume("first")).isFalse();
    worker.queue().readPauses();
    assertThat(worker.claim(9))
        .extracting(each -> each.attempt().jobType())
        .containsExactly("first");
    assertThat(store().jobTypeStates().lastSuccesses()).isEqualTo(Map.of("first", EARLIER));
  }

  @Test
  default void aWorkerAllOfWhoseTypesArePausedClaimsNothing() {
    PausedTypes paused = new PausedTypes(store().database());
    store().submit(store().newJob().type("first").build());
    ManualWorker worker = store().worker("w", List.of(TestStore.type("first", Optional.empty())));
    paused.pause("first", LATER, Optional.empty());
    worker.queue().readPauses();

    assertThat(worker.claim(9)).isEmpty();
  }

  @Test
  default void theLastSuccessOutlivesTheJobs() {
    store().jobTypeStates().succeeded(Map.of("word-count", EARLIER));
    store().submit();
    store().worker().start().finish(Runs.succeeded("1"), Runs.SUCCEED);

    new Retention(store().database()).deleteFinal(store().clock().instant().plusSeconds(1), 10);

    assertThat(store().count("jobs")).isZero();
    assertThat(store().jobTypeStates().lastSuccesses()).containsEntry("word-count", EARLIER);
  }
}
