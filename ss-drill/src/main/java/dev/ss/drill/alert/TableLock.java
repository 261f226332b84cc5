package dev.ss.drill.alert;

import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.Storage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A client that locks the jobs table again and again, as a careless migration would. */
final class TableLock implements AutoCloseable {
  private static final Duration FREE = Duration.ofMillis(500);

  private final Duration held;
  private final Thread thread;
  private volatile boolean closed;

  private TableLock(Storage storage, Duration held) {
    this.held = held;
    thread = new Thread(() -> lock(storage), "table-lock");
    thread.setDaemon(true);
  }

  /**
   * Locks the table until it is closed.
   *
   * @param held for how long at a time
   */
  static TableLock on(Storage storage, Duration held) {
    TableLock lock = new TableLock(storage, held);
    lock.thread.start();
    return lock;
  }

  private void lock(Storage storage) {
    try (Connection connection = storage.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (!closed) {
        statement.execute("lock table jobs in access exclusive mode");
        Waiting.within(held, () -> closed);
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
