package dev.ss.api.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.CapturedLog;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is logged of requests that fail because of the database. */
class DatabaseFailuresTest {
  private static final String FIRST = "WARN A request failed because of the database: ";

  private final CapturedLog log = CapturedLog.of(DatabaseFailures.class.getPackage());

  @AfterEach
  void close() {
    log.close();
  }

  private static void fail(DatabaseFailures failures, String reason, int times) {
    for (int i = 0; i < times; i++) {
      failures.failed(reason);
    }
  }

  @Test
  void theFirstOfEachReasonIsLoggedAtOnceAndTheRestTogether() {
    DatabaseFailures failures = new DatabaseFailures(Duration.ofDays(1));

    fail(failures, "it is away", 100);
    fail(failures, "a statement took too long", 1);
    assertThat(log.messages())
        .containsExactly(FIRST + "it is away", FIRST + "a statement took too long");

    failures.stop();
    assertThat(log.messages())
        .last()
        .isEqualTo("WARN 99 more requests failed because of the database: it is away");
  }

  @Test
  void anOutageHasOneLineInEachInterval() {
    DatabaseFailures failures = new DatabaseFailures(Duration.ofMillis(50));
    failures.start();
    fail(failures, "it is away", 3);
    awaitLines(2);
    fail(failures, "it is away", 1);
    awaitLines(3);

    failures.stop();

    assertThat(log.messages())
        .startsWith(
            FIRST + "it is away", "WARN 2 more requests failed because of the database: it is away")
        .hasSize(3)
        .last()
        .asString()
        .endsWith("it is away");
  }

  private void awaitLines(int count) {
    await().atMost(Duration.ofSeconds(30)).until(() -> log.messages().size() >= count);
  }
}
