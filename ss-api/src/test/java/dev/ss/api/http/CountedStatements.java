package dev.ss.api.http;

import io.dropwizard.db.ManagedDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;

/** A data source that counts the statements that its connections prepare. */
final class CountedStatements {
  private CountedStatements() {}

  static ManagedDataSource of(ManagedDataSource source, AtomicInteger statements) {
    return around(ManagedDataSource.class, source, statements);
  }

  private static <T> T around(Class<T> type, Object real, AtomicInteger statements) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                statements.incrementAndGet();
              }
              try {
                Object result = method.invoke(real, arguments);
                return method.getReturnType() == Connection.class
                    ? around(Connection.class, result, statements)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
