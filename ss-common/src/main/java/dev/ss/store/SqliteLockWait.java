package dev.ss.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jspecify.annotations.Nullable;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConnection;

/**
 * Makes the connection that writes retry every millisecond while another process holds SQLite's
 * lock. SQLite's own {@code busy_timeout} retries after ever longer pauses, of up to 100 ms;
 * between two of them a busy process takes and releases the lock many times. For a pool with one
 * connection.
 */
final class SqliteLockWait implements JdbiPlugin {
  /** After this time the statement fails with SQLITE_BUSY. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private final Runnable pause;
  private @Nullable SQLiteConnection customized;

  SqliteLockWait() {
    this(System::nanoTime, SqliteLockWait::pause);
  }

  SqliteLockWait(LongSupplier nanoTime, Runnable pause) {
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  @Override
  public Connection customizeConnection(Connection pooled) throws SQLException {
    SQLiteConnection connection = pooled.unwrap(SQLiteConnection.class);
    if (connection != customized) {
      BusyHandler.setHandler(connection, new Retrying());
      customized = connection;
    }
    return pooled;
  }

  /** Called by SQLite, on the thread that waits. */
  private final class Retrying extends BusyHandler {
    private static final int RETRY = 1;
    private static final int FAIL = 0;

    private long begun;

    @Override
    protected int callback(int retries) {
      if (retries == 0) {
        begun = nanoTime.getAsLong();
      }
      if (nanoTime.getAsLong() - begun >= LIMIT.toNanos()) {
        return FAIL;
      }
      pause.run();
      return RETRY;
    }
  }

  /** An interrupt ends the pause, not the wait. */
  static void pause() {
    boolean interrupted = Thread.interrupted();
    try {
      TimeUnit.MILLISECONDS.sleep(1);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
