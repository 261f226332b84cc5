package dev.ss.api.schedule;

import io.dropwizard.db.ManagedDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/**
 * Connections whose statements and commits fail now and then: before anything has happened, or
 * after it has, so that nobody knows.
 */
final class FailingPool {
  private static final double PROBABILITY = 0.02;

  /** What the driver of PostgreSQL says of a connection that is lost. */
  private static final String CONNECTION_LOST = "08006";

  private final Random random;

  FailingPool(long seed) {
    this.random = new Random(seed);
  }

  ManagedDataSource around(ManagedDataSource pool) {
    return proxy(ManagedDataSource.class, pool);
  }

  private <T> T proxy(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            FailingPool.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> failing(method, invoke(target, method, arguments))));
  }

  private Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    if (mayFail(method) && !isRollback(arguments)) {
      failPerhaps();
    }
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Object failing(Method method, Object result) throws SQLException {
    if (mayFail(method)) {
      failPerhaps();
    }
    if (result instanceof Connection connection) {
      return proxy(Connection.class, connection);
    }
    return result instanceof PreparedStatement statement
        ? proxy(PreparedStatement.class, statement)
        : result;
  }

  private static boolean mayFail(Method method) {
    return method.getName().equals("commit")
        || (Statement.class.isAssignableFrom(method.getDeclaringClass())
            && method.getName().startsWith("execute"));
  }

  /** A statement by which SQLite rolls back; if it fails, the pool has a broken connection. */
  private static boolean isRollback(Object[] arguments) {
    return arguments != null && arguments.length > 0 && "rollback".equals(arguments[0]);
  }

  private synchronized void failPerhaps() throws SQLException {
    if (random.nextDouble() < PROBABILITY) {
      throw new SQLException("cut off by the test", CONNECTION_LOST);
    }
  }
}
