package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Turnover;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

interface TurnoverConformance extends OnStore {

  @Test
  default void jobsAreCountedWhereTheyCameAndWhereTheyEnded() {
    Instant begin = store().clock().instant();
    runOne("first", true);
    runOne("first", false);
    store().clock().advance(Duration.ofSeconds(10));
    Instant middle = store().clock().instant();
    runOne("first", true);
    store().submit(store().newJob().type("second").build());
    store().clock().advance(Duration.ofSeconds(10));
    Instant end = store().clock().instant();

    TurnoverQuery query = new TurnoverQuery(store().database());
    assertThat(query.between(begin, middle)).isEqualTo(Map.of("first", new Turnover(2, 1, 1, 0)));
    assertThat(query.between(middle, end))
        .isEqualTo(Map.of("first", new Turnover(1, 1, 0, 0), "second", new Turnover(1, 0, 0, 0)));
    assertThat(query.between(end, end.plusSeconds(10))).isEmpty();
  }

  private void runOne(String jobType, boolean well) {
    store().submit(store().newJob().type(jobType).build());
    store()
        .worker("of-" + jobType, List.of(TestStore.type(jobType, Optional.empty())))
        .start()
        .finish(well ? Runs.succeeded("1") : Runs.failed("no"), well ? Runs.SUCCEED : Runs.FAIL);
  }
}
