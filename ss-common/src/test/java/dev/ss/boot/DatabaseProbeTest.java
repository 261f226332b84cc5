package dev.ss.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.store.TestStore;
import dev.ss.testkit.unit.CapturedLog;
import dev.ss.testkit.unit.SettableNanos;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseProbeTest {
  private final SettableNanos nanos = new SettableNanos();
  private final CapturedLog log = CapturedLog.of(DatabaseProbe.class.getPackage());
  @TempDir private Path directory;
  private TestStore store;
  private DatabaseProbe probe;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    probe = new DatabaseProbe(store.database(), nanos);
  }

  @AfterEach
  void close() {
    store.close();
    log.close();
  }

  @Test
  void aDatabaseThatAnswersCanBeUsed() {
    nanos.advance(Duration.ofMinutes(1));

    probe.run();

    assertThat(probe.failure()).isEmpty();
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void aDatabaseThatDoesNotAnswerForFiveSecondsCannotBeUsed() {
    nanos.advance(Duration.ofSeconds(5));
    assertThat(probe.failure()).isEmpty();

    nanos.advance(Duration.ofMillis(1));

    assertThat(probe.failure()).contains("it has not answered for 5 s");
  }
}
