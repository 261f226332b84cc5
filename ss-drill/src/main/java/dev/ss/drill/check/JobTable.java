package dev.ss.drill.check;

import dev.ss.testkit.system.Storage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The jobs in the database. */
public final class JobTable {
  private final Storage storage;

  public JobTable(Storage storage) {
    this.storage = storage;
  }

  /**
   * One job.
   *
   * @param runs how often it was started, including starts without a command
   */
  public record Row(String key, String state, int attempt, int runs) {}

  /** Returns all jobs by their ids. */
  public Map<String, Row> rows() {
    Map<String, Row> rows = new HashMap<>();
    try (Connection connection = storage.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select job_id, idempotency_key, state, attempt, generation from jobs")) {
      while (row.next()) {
        rows.put(
            row.getString("job_id"),
            new Row(
                row.getString("idempotency_key"),
                row.getString("state"),
                row.getInt("attempt"),
                row.getInt("generation")));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns how many jobs are not final. */
  public int unfinished() {
    return count("select count(*) from jobs where state in ('queued', 'running')");
  }

  private int count(String sql) {
    try (Connection connection = storage.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
