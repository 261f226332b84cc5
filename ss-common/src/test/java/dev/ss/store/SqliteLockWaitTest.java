package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLockWaitTest {
  @TempDir private Path directory;
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger pauses = new AtomicInteger();
  private Connection waiting;
  private Handle other;

  @BeforeEach
  void takeTheLock() throws SQLException {
    waiting = DriverManager.getConnection(url());
    other = Jdbi.open(url());
    other.execute("begin immediate");
  }

  @AfterEach
  void close() throws SQLException {
    other.close();
    waiting.close();
  }

  private String url() {
    return "jdbc:sqlite:" + directory.resolve("lock.db");
  }

  private Handle waitingWith(Runnable pause) {
    return Jdbi.create(waiting).installPlugin(new SqliteLockWait(now::get, pause)).open();
  }

  @Test
  void asksAgainAfterEachPauseUntilTheLockIsFree() {
    Handle handle =
        waitingWith(
            () -> {
              if (pauses.incrementAndGet() == 3) {
                other.execute("commit");
              }
            });

    handle.execute("begin immediate");

    assertThat(pauses).hasValue(3);
  }

  @Test
  void failsWhenTheLockStaysTaken() {
    Handle handle =
        waitingWith(
            () -> {
              pauses.incrementAndGet();
              now.addAndGet(Duration.ofSeconds(4).toNanos());
            });

    for (int time = 1; time <= 2; time++) {
      assertThatThrownBy(() -> handle.execute("begin immediate"))
          .hasMessageContaining("SQLITE_BUSY");
      assertThat(pauses).as("three pauses are longer than 10 s").hasValue(3 * time);
    }
  }

  @Test
  void anInterruptIsKeptForTheCaller() {
    Thread.currentThread().interrupt();
    SqliteLockWait.pause();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void theConnectionThatWritesWaitsSo() throws Exception {
    try (TestStore store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")))) {
      assertThat(store.database().<Integer>inTransaction(SqliteLockWaitTest::busyTimeout))
          .as("0, because a handler has taken its place")
          .isZero();
      assertThat(store.database().<Integer>read(SqliteLockWaitTest::busyTimeout)).isEqualTo(10_000);
    }
  }

  private static Integer busyTimeout(Handle handle) {
    return handle.createQuery("pragma busy_timeout").mapTo(Integer.class).one();
  }
}
