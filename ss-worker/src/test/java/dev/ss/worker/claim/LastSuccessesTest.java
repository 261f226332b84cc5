package dev.ss.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.boot.RepeatedFailures;
import dev.ss.store.TestStore;
import dev.ss.testkit.unit.CapturedLog;
import dev.ss.testkit.unit.SettableNanos;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastSuccessesTest {
  private static final Instant FIRST = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant SECOND = FIRST.plusMillis(10);

  private final SettableNanos nanos = new SettableNanos();
  @TempDir private Path directory;
  private TestStore store;
  private LastSuccesses successes;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    successes =
        new LastSuccesses(store.jobTypeStates(), new RepeatedFailures("A write", "writes"), nanos);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Map<String, Instant> stored() {
    return store.jobTypeStates().lastSuccesses();
  }

  @Test
  void theFirstSuccessIsWrittenAtOnceAndTheNextAfterAPause() {
    successes.succeeded("a", FIRST);
    successes.writeIfDue();
    assertThat(stored()).isEqualTo(Map.of("a", FIRST));

    successes.succeeded("a", SECOND);
    successes.writeIfDue();
    assertThat(stored()).isEqualTo(Map.of("a", FIRST));

    nanos.advance(Duration.ofSeconds(5));
    successes.writeIfDue();
    assertThat(stored()).isEqualTo(Map.of("a", SECOND));
  }

  @Test
  void aRareTypeDoesNotWaitForAFrequentOne() {
    successes.succeeded("frequent", FIRST);
    successes.writeIfDue();

    successes.succeeded("rare", FIRST);
    successes.writeIfDue();

    assertThat(stored()).containsKey("rare");
  }

  @Test
  void theLaterOfTwoSuccessesCountsInWhateverOrderTheyCome() {
    successes.succeeded("a", SECOND);
    successes.succeeded("a", FIRST);
    successes.writeIfDue();

    assertThat(stored()).isEqualTo(Map.of("a", SECOND));
  }

  @Test
  void aWriteThatFailsIsLoggedAndRepeatedAfterThePause() {
    try (CapturedLog log = CapturedLog.of(RepeatedFailures.class.getPackage())) {
      successes.succeeded("a", FIRST);
      store.without(
          "job_types",
          () -> {
            successes.writeIfDue();
            successes.writeIfDue();
          });
      assertThat(log.messages()).hasSize(1);
    }
    successes.writeIfDue();
    assertThat(stored()).isEmpty();

    nanos.advance(Duration.ofSeconds(5));
    successes.writeIfDue();

    assertThat(stored()).isEqualTo(Map.of("a", FIRST));
  }
}
