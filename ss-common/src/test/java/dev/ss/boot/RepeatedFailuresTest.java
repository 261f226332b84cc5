package dev.ss.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ss.store.TestStore;
import dev.ss.testkit.unit.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is logged of failures that come in hundreds. */
class RepeatedFailuresTest {
  private static final String FIRST = "WARN A request failed because of the database: ";

  private final CapturedLog log = CapturedLog.of(RepeatedFailures.class.getPackage());
  private final RepeatedFailures failures = new RepeatedFailures("A request", "requests");
  @TempDir private Path directory;

  @AfterEach
  void close() {
    log.close();
  }

  private void fail(Throwable failure, int times) {
    for (int i = 0; i < times; i++) {
      failures.failed(failure);
    }
  }

  /** What a real database throws whose file is gone. */
  private Throwable away() throws Exception {
    Path file = directory.resolve("ss.db");
    try (TestStore store = TestStore.open(TestStore.sqlite(file))) {
      Files.delete(file);
      return catchThrowable(store.database()::ping);
    }
  }

  private static RuntimeException defect() {
    return new IllegalStateException("no such column", new IllegalArgumentException("the cause"));
  }

  @Test
  void theFirstOfEachReasonIsLoggedAtOnceAndTheRestTogether() throws Exception {
    Throwable away = away();

    fail(away, 100);
    fail(defect(), 1);
    assertThat(log.messages())
        .containsExactly(FIRST + away.getMessage(), "ERROR A request failed.");

    failures.stop();
    assertThat(log.messages())
        .last()
        .isEqualTo("WARN 99 more requests failed because of the database: " + away.getMessage());
  }

  @Test
  void ofADefectTheFirstHasItsTraceAndTheRestAreCounted() {
    for (int i = 0; i < 300; i++) {
      failures.failed(defect());
    }
    failures.stop();

    assertThat(log.traces())
        .hasSize(1)
        .first()
        .asString()
        .contains("IllegalArgumentException", "RepeatedFailuresTest.defect")
        .doesNotContain("no such column", "the cause");
    assertThat(log.messages())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("ERROR 299 more requests failed with the same error:")
        .contains("IllegalArgumentException at dev.ss.boot.RepeatedFailuresTest.defect");
  }

  @Test
  void anUnavailableDatabaseHasNoTrace() throws Exception {
    fail(away(), 3);

    assertThat(log.traces()).isEmpty();
  }

  @Test
  void anOutageHasOneLineInEachInterval() throws Exception {
    Throwable away = away();
    fail(away, 3);
    failures.sumUp();
    fail(away, 1);
    failures.sumUp();
    failures.sumUp();

    failures.stop();

    assertThat(log.messages())
        .startsWith(
            FIRST + away.getMessage(),
            "WARN 2 more requests failed because of the database: " + away.getMessage())
        .hasSize(3)
        .last()
        .asString()
        .endsWith(away.getMessage());
  }
}
