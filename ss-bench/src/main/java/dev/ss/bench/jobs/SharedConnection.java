package dev.ss.bench.jobs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A pool whose users write in the same transaction as the code that holds one open on their thread.
 */
final class SharedConnection {
  private static final Set<String> NOT_THEIRS =
      Set.of("close", "commit", "rollback", "setAutoCommit");

  private final DataSource pool;

  @SuppressWarnings("ThreadLocalUsage") // one instance for each measurement
  private final ThreadLocal<Connection> open = new ThreadLocal<>();

  SharedConnection(DataSource pool) {
    this.pool = pool;
  }

  /** Work in a transaction. */
  interface Work {
    void with(Connection connection) throws SQLException;
  }

  /**
   * Returns the pool; on a thread with an open transaction it returns that transaction's
   * connection.
   */
  DataSource dataSource() {
    return proxy(
        DataSource.class,
        pool,
        (method, call) ->
            method.getName().equals("getConnection") && open.get() != null
                ? proxy(Connection.class, open.get(), SharedConnection::unlessEnding)
                : call.result());
  }

  void inTransaction(Work work) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      open.set(connection);
      try {
        work.with(connection);
        connection.commit();
      } finally {
        open.remove();
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object unlessEnding(Method method, Call call) throws Throwable {
    return NOT_THEIRS.contains(method.getName()) ? null : call.result();
  }

  private interface Call {
    Object result() throws Throwable;
  }

  private interface Instead {
    Object result(Method method, Call call) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, T target, Instead instead) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                instead.result(method, () -> call(target, method, arguments))));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
