package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
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
  default void theLastSuccessOutlivesTheJobs() {
    store().jobTypeStates().succeeded(Map.of("word-count", EARLIER));
    store().submit();
    store().worker().start().finish(Runs.succeeded("1"), Runs.SUCCEED);

    new Retention(store().database()).deleteFinal(store().clock().instant().plusSeconds(1), 10);

    assertThat(store().count("jobs")).isZero();
    assertThat(store().jobTypeStates().lastSuccesses()).containsEntry("word-count", EARLIER);
  }
}
