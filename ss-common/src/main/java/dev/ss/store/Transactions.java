package dev.ss.store;

import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.shaded.jdbc.SQLRuntimeException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Lets JDBI and db-scheduler write in one transaction. db-scheduler takes only a {@link
 * DataSource}; while a transaction is open on a thread, ours gives it that transaction's
 * connection, whose end stays with the transaction. Otherwise it is the pool.
 */
final class Transactions {
  private static final Set<String> LEFT_TO_THE_TRANSACTION =
      Set.of("close", "commit", "rollback", "setAutoCommit");

  private final Jdbi jdbi;

  @SuppressWarnings("ThreadLocalUsage") // one per database, which lives as long as the process
  private final ThreadLocal<Connection> current = new ThreadLocal<>();

  private final DataSource forScheduler;
  private final Optional<GroupCommit> group;

  /**
   * Transactions on these connections.
   *
   * @param oneWriter whether they are of a database with a single writer
   */
  Transactions(DataSource pool, boolean oneWriter) {
    this.jdbi = Database.jdbi(pool);
    this.group =
        oneWriter ? Optional.of(new GroupCommit(this::inSqliteTransaction)) : Optional.empty();
    this.forScheduler = new SharedConnectionDataSource(pool);
  }

  /** What db-scheduler is to use. */
  DataSource forScheduler() {
    return forScheduler;
  }

  /**
   * Runs {@code work}, perhaps on another thread, in a transaction which the scheduler's writes on
   * that thread join.
   */
  <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
    try {
      return group.isPresent() ? group.get().inTransaction(work) : inOwnTransaction(work);
    } catch (JdbiException | SQLRuntimeException | DbSchedulerException e) {
      throw DatabaseUnavailableException.explaining(e);
    }
  }

  private <T> T inOwnTransaction(HandleCallback<T, RuntimeException> work) {
    return jdbi.inTransaction(handle -> shared(handle, work));
  }

  /**
   * Without the driver's help: its commit takes the lock once more before it returns, and so waits
   * for the other processes.
   */
  private void inSqliteTransaction(Consumer<Handle> work) {
    jdbi.useHandle(
        handle -> {
          handle.execute("begin immediate");
          try {
            shared(
                handle,
                joined -> {
                  work.accept(joined);
                  return null;
                });
            handle.execute("commit");
          } catch (RuntimeException | Error e) {
            rollBack(handle, e);
            throw e;
          }
        });
  }

  /** SQLite has done it itself after some errors, as when the disk is full. */
  private static void rollBack(Handle handle, Throwable reason) {
    try {
      handle.execute("rollback");
    } catch (JdbiException e) {
      reason.addSuppressed(e);
    }
  }

  private <T> T shared(Handle handle, HandleCallback<T, RuntimeException> work) {
    current.set(withoutEnd(handle.getConnection()));
    try {
      return work.withHandle(handle);
    } finally {
      current.remove();
    }
  }

  private static Connection withoutEnd(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Transactions.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (LEFT_TO_THE_TRANSACTION.contains(method.getName())) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private final class SharedConnectionDataSource implements DataSource {
    private final DataSource pool;

    SharedConnectionDataSource(DataSource pool) {
      this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection shared = current.get();
      return shared == null ? pool.getConnection() : shared;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      throw new SQLFeatureNotSupportedException("the pool's user is the only one");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
      return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
      pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
      pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
      return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      return pool.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      return pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
      return pool.isWrapperFor(type);
    }
  }
}
