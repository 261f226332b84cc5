package dev.ss.bench.jobs;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.ManagedDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;

/** The minimum of a submission: a job's row with its input, and its execution's row. */
final class TwoRows implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final byte[] INPUT =
      "a few words that a command would count".getBytes(StandardCharsets.UTF_8);

  private final ManagedDataSource pool;

  TwoRows(Storage.Place place) {
    BareScheduler.createTable(place);
    pool = Pools.open(place, CONNECTIONS, new MetricRegistry());
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table plain_jobs (job_id text not null primary key, job_type text not null,"
              + " state text not null, created_at timestamp not null, input "
              + (place.section().url().startsWith("jdbc:sqlite:") ? "blob" : "bytea")
              + " not null)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void submit() {
    String id = UUID.randomUUID().toString();
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      insertJob(connection, id);
      insertExecution(connection, id);
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void insertJob(Connection connection, String id) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into plain_jobs values (?, 'nothing', 'queued', ?, ?)")) {
      insert.setString(1, id);
      insert.setTimestamp(2, Timestamp.from(Instant.now()));
      insert.setBytes(3, INPUT);
      insert.execute();
    }
  }

  private static void insertExecution(Connection connection, String id) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into scheduled_tasks (task_name, task_instance, execution_time, picked,"
                + " version, priority) values ('job', ?, ?, ?, 1, 0)")) {
      insert.setString(1, id);
      insert.setTimestamp(2, Timestamp.from(Instant.now()));
      insert.setBoolean(3, false);
      insert.execute();
    }
  }

  @Override
  public void close() {
    Failing.loudly(pool::stop);
  }
}
