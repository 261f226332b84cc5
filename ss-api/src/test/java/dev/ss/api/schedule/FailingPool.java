package dev.ss.api.schedule;

import io.dropwizard.db.ManagedDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.Set;

/**
 * Connections whose statements and commits fail now and then: before anything has happened, or
 * after it has, so that nobody knows.
 */
final class FailingPool {
  private static final double PROBABILITY = 0.01;

  /** What the driver of PostgreSQL says of a connection that is lost. */
  private static final String CONNECTION_LOST = "08006";

  /**
   * With these SQLite begins and ends transactions within this process. If they failed, the
   * connection would keep the lock of the file, which no lost connection does.
   */
  private static final Set<String> SOUND = Set.of("begin immediate", "rollback");

  private final Random random;

  FailingPool(long seed) {
    this.random = new Random(seed);
  }

  ManagedDataSource around(ManagedDataSource pool) {
    return proxy(ManagedDataSource.class, pool, "");
  }

  /**
   * Wraps what may fail.
   *
   * @param sql of a statement
   */
  private <T> T proxy(Class<T> type, T target, String sql) {
    return type.cast(
        Proxy.newProxyInstance(
            FailingPool.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              boolean mayFail = mayFail(method, sql);
              failPerhaps(mayFail);
              Object result = invoke(target, method, arguments);
              failPerhaps(mayFail);
              return wrapped(method, result, arguments);
            }));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Object wrapped(Method method, Object result, Object[] arguments) {
    if (method.getReturnType() == Connection.class) {
      return proxy(Connection.class, (Connection) result, "");
    }
    return result instanceof PreparedStatement statement
        ? proxy(PreparedStatement.class, statement, String.valueOf(arguments[0]))
        : result;
  }

  private static boolean mayFail(Method method, String sql) {
    return method.getName().equals("commit")
        || (method.getName().startsWith("execute") && !SOUND.contains(sql));
  }

  private synchronized void failPerhaps(boolean mayFail) throws SQLException {
    if (mayFail && random.nextDouble() < PROBABILITY) {
      throw new SQLException("cut off by the test", CONNECTION_LOST);
    }
  }
}
