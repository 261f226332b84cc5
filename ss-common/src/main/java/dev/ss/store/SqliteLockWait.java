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
 * Makes the connection that writes wait for another process's lock by asking each millisecond.
 * SQLite's own {@code busy_timeout} asks after ever longer pauses, of up to 100 ms; between two of
 * them a busy process takes and gives back the lock many times. For a pool with one connection.
 */
final class SqliteLockWait implements JdbiPlugin {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private final Runnable pause;
  private @Nullable SQLiteConnection prepared;

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
    if (connection != prepared) {
      BusyHandler.setHandler(connection, new Asking());
      prepared = connection;
    }
    return pooled;
  }

  /** Called by SQLite, on the thread that waits. */
  private final class Asking extends BusyHandler {
    private static final int ASK_AGAIN = 1;
    private static final int FAIL = 0;

    private long begun;

    @Override
    protected int callback(int timesAsked) {
      if (timesAsked == 0) {
        begun = nanoTime.getAsLong();
      }
      if (nanoTime.getAsLong() - begun >= LIMIT.toNanos()) {
        return FAIL;
      }
      pause.run();
      return ASK_AGAIN;
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
