package dev.ss.store;

import io.dropwizard.db.ManagedDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Notes the statements that are executed, with their arguments, to have them explained later. */
final class StatementRecorder {
  private final Map<String, Recorded> statements = new ConcurrentHashMap<>();
  private final Consumer<String> executed;

  StatementRecorder() {
    this(sql -> {});
  }

  /** Tells of each statement right after it was executed. */
  StatementRecorder(Consumer<String> executed) {
    this.executed = executed;
  }

  /**
   * A statement and the calls that gave it its arguments.
   *
   * @param sql as it was prepared
   */
  record Recorded(String sql, List<Argument> arguments) {
    /** Prepares the statement with something before it. */
    PreparedStatement prepare(Connection connection, String prefix) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(prefix + sql);
      for (Argument argument : arguments) {
        invoke(argument.setter(), statement, argument.values(connection));
      }
      return statement;
    }
  }

  /** One call of a setter. */
  record Argument(Method setter, List<Object> values) {
    static Argument of(Method setter, List<Object> values) throws SQLException {
      return values.get(1) instanceof Array array
          ? new Argument(setter, List.of(values.get(0), CopiedArray.of(array)))
          : new Argument(setter, values);
    }

    List<Object> values(Connection connection) throws SQLException {
      return values.get(1) instanceof CopiedArray array
          ? List.of(values.get(0), array.on(connection))
          : values;
    }
  }

  /** An array outlives neither its statement nor its connection. */
  record CopiedArray(String type, List<Object> elements) {
    static CopiedArray of(Array array) throws SQLException {
      return new CopiedArray(array.getBaseTypeName(), Arrays.asList((Object[]) array.getArray()));
    }

    Array on(Connection connection) throws SQLException {
      Object[] all = type.equals("bytea") ? elements.toArray(byte[][]::new) : elements.toArray();
      return connection.createArrayOf(type, all);
    }
  }

  /** What to use in the place of these connections. */
  ManagedDataSource around(ManagedDataSource pool) {
    return proxy(
        ManagedDataSource.class,
        pool,
        (method, arguments, result) ->
            result instanceof Connection connection ? recording(connection) : result);
  }

  private Connection recording(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (method, arguments, result) ->
            result instanceof PreparedStatement statement
                ? recording(statement, (String) arguments.get(0))
                : result);
  }

  private PreparedStatement recording(PreparedStatement statement, String sql) {
    Map<Object, Argument> arguments = new LinkedHashMap<>();
    return proxy(
        PreparedStatement.class,
        statement,
        (method, values, result) -> {
          if (method.getName().startsWith("set") && values.size() > 1) {
            arguments.put(values.get(0), Argument.of(method, values));
          } else if (method.getName().startsWith("execute")
              || method.getName().equals("addBatch")) {
            statements.put(sql, new Recorded(sql, new ArrayList<>(arguments.values())));
            executed.accept(sql);
          }
          return result;
        });
  }

  /** Everything that was executed, each statement once, with its last arguments. */
  List<Recorded> statements() {
    return List.copyOf(statements.values());
  }

  /** Forgets what has been executed. */
  void clear() {
    statements.clear();
  }

  /** Sees each call and its result, and may put another result in its place. */
  private interface Seen {
    Object call(Method method, List<Object> arguments, Object result) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T target, Seen seen) {
    return type.cast(
        Proxy.newProxyInstance(
            StatementRecorder.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              List<Object> given = new ArrayList<>();
              if (arguments != null) {
                given.addAll(Arrays.asList(arguments));
              }
              try {
                return seen.call(method, given, method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private static void invoke(Method method, Object target, List<Object> arguments) {
    try {
      method.invoke(target, arguments.toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
