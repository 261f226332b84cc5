package dev.ss.drill.alert;

import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.Storage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A client that locks the jobs table most of the time, as a careless migration would. */
final class TableLock implements AutoCloseable {
  private static final Duration HELD = Duration.ofMillis(1500);
  private static final Duration FREE = Duration.ofMillis(500);

  private final Thread thread;
  private volatile boolean closed;

  private TableLock(Storage storage) {
    thread = new Thread(() -> lock(storage), "table-lock");
    thread.setDaemon(true);
  }

  static TableLock on(Storage storage) {
    TableLock lock = new TableLock(storage);
    lock.thread.start();
    return lock;
  }

  private void lock(Storage storage) {
    try (Connection connection = storage.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (!closed) {
        statement.execute("lock table jobs in access exclusive mode");
        Waiting.pause(HELD);
        connection.commit();
        Waiting.pause(FREE);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    Waiting.forEndOf(thread);
  }
}
