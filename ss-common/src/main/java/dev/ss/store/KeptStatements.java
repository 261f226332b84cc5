package dev.ss.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the last statements of a connection prepared. SQLite compiles a statement each time that it
 * is prepared, and for a claim that takes longer than running it. For a pool with one connection:
 * only the thread that has the connection uses this object.
 *
 * <p>Tomcat's {@code StatementCache} does not do: it keeps a statement with the rows of a batch
 * that was begun and not executed, and the next use of the statement would store them.
 */
public final class KeptStatements extends DefaultStatementBuilder {
  private static final int MAX = 64;

  /**
   * Work that failed is rolled back. The driver does not reset every statement that fails, and one
   * that is not reset would keep its locks.
   */
  private static final String ROLLBACK = "rollback";

  /** By their SQL; the one that was used last is the last. */
  private final Map<String, PreparedStatement> kept = new LinkedHashMap<>();

  /** Their SQL, because JDBI passes {@link #close} the text with the names of the parameters. */
  private final IdentityHashMap<Statement, String> inUse = new IdentityHashMap<>();

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    if (sql.startsWith(ROLLBACK)) {
      closeAll();
    }
    PreparedStatement statement = kept.remove(sql);
    if (statement == null || statement.isClosed() || statement.getConnection().isClosed()) {
      statement = super.create(connection, sql, context);
    }
    inUse.put(statement, sql);
    return statement;
  }

  @Override
  public void close(Connection connection, String template, Statement statement)
      throws SQLException {
    String sql = inUse.remove(statement);
    if (sql == null || !(statement instanceof PreparedStatement prepared)) {
      statement.close();
      return;
    }
    try {
      prepared.clearBatch();
      prepared.clearParameters();
    } catch (SQLException failed) { // the driver has closed it, because it failed
      close(prepared);
      return;
    }
    keep(sql, prepared);
  }

  private void keep(String sql, PreparedStatement statement) {
    PreparedStatement same = kept.put(sql, statement);
    if (same != null) { // two were in use at the same time
      close(same);
    }
    if (kept.size() > MAX) {
      Iterator<PreparedStatement> eldest = kept.values().iterator();
      close(eldest.next());
      eldest.remove();
    }
  }

  /** Forgets all statements: closes those that are not in use, and lets JDBI close the others. */
  private void closeAll() {
    kept.values().forEach(KeptStatements::close);
    kept.clear();
    inUse.clear();
  }

  private static void close(Statement statement) {
    try {
      statement.close();
    } catch (SQLException said) {
      // The driver repeats why the statement has failed.
    }
  }
}
