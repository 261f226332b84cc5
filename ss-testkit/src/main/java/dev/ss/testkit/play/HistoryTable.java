package dev.ss.testkit.play;

import dev.ss.testkit.model.History;
import dev.ss.testkit.model.State;
import dev.ss.testkit.model.Step;
import dev.ss.testkit.process.Uptime;
import dev.ss.testkit.system.Storage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table in SS's own database. Triggers copy every version of every job's row into it, so that no
 * step is missed.
 */
final class HistoryTable {
  private static final String CREATE =
      """
      create table step_history (number %s primary key, at double precision, job_id text,
        job_type text, state text, attempt integer, generation integer, max_attempts integer,
        worker_id text, cancel_requested boolean, error_code text, exit_code integer)
      """;
  private static final String COPY =
      """
      insert into step_history (at, job_id, job_type, state, attempt, generation, max_attempts,
        worker_id, cancel_requested, error_code, exit_code)
      values (%s, new.job_id, new.job_type, new.state, new.attempt, new.%s, new.max_attempts,
        new.worker_id, new.cancel_requested, new.error_code, new.exit_code);
      """;
  private static final String CHANGED =
      """
      (old.state, old.attempt, old.%1$s, old.cancel_requested)
        is distinct from (new.state, new.attempt, new.%1$s, new.cancel_requested)
      """;

  /**
   * SQLite does not record when a transaction commits. For so long a writer may be frozen while it
   * holds the lock.
   */
  private static final double SQLITE_COMMIT_SECONDS = 8;

  private final Storage storage;

  HistoryTable(Storage storage) {
    this.storage = storage;
  }

  /** Starts recording. SS's tables must exist, and must have no jobs. */
  void create() {
    try (Connection connection = storage.connect();
        Statement statement = connection.createStatement()) {
      String generation = generationColumn(connection);
      for (String sql : isPostgres() ? onPostgres(generation) : onSqlite(generation)) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isPostgres() {
    return storage instanceof Storage.Postgres;
  }

  /** The column of the jobs' fencing token, whose name depends on the version of SS. */
  private static String generationColumn(Connection connection) throws SQLException {
    try (ResultSet column = connection.getMetaData().getColumns(null, null, "jobs", "generation")) {
      return column.next() ? "generation" : "run";
    }
  }

  private static List<String> onPostgres(String generation) {
    return List.of(
        CREATE.formatted("bigserial"),
        """
        create function record_step() returns trigger language plpgsql as $$
        begin
          %s
          return null;
        end $$
        """
            .formatted(COPY.formatted("extract(epoch from clock_timestamp())", generation)),
        """
        create trigger record_first_step after insert on jobs
          for each row execute function record_step()
        """,
        """
        create trigger record_step after update on jobs
          for each row when (%s) execute function record_step()
        """
            .formatted(CHANGED.formatted(generation)));
  }

  private static List<String> onSqlite(String generation) {
    String copy = COPY.formatted("unixepoch('subsec')", generation);
    return List.of(
        CREATE.formatted("integer"),
        "create trigger record_first_step after insert on jobs begin %s end".formatted(copy),
        "create trigger record_step after update on jobs when %s begin %s end"
            .formatted(CHANGED.formatted(generation), copy));
  }

  /** Returns how many jobs are not final; negative if the database does not answer. */
  int unfinished() {
    try (Connection connection = storage.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from jobs where state in ('queued', 'running')")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException away) {
      return -1;
    }
  }

  /** Reads the whole history. */
  History read() {
    String committed =
        isPostgres()
            ? "extract(epoch from pg_xact_commit_timestamp(xmin))"
            : "at + " + SQLITE_COMMIT_SECONDS;
    double epoch = System.currentTimeMillis() / 1e3 - Uptime.seconds();
    List<Step> steps = new ArrayList<>();
    try (Connection connection = storage.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select *, %s as committed from step_history order by number"
                    .formatted(committed))) {
      while (row.next()) {
        steps.add(step(row, epoch));
      }
      return new History(steps);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Step step(ResultSet row, double epoch) throws SQLException {
    int exitCode = row.getInt("exit_code");
    Optional<Integer> exit = row.wasNull() ? Optional.empty() : Optional.of(exitCode);
    return new Step(
        row.getDouble("at") - epoch,
        row.getDouble("committed") - epoch,
        row.getString("job_id"),
        row.getString("job_type"),
        State.named(row.getString("state")),
        row.getInt("attempt"),
        row.getInt("generation"),
        row.getInt("max_attempts"),
        Optional.ofNullable(row.getString("worker_id")),
        row.getBoolean("cancel_requested"),
        Optional.ofNullable(row.getString("error_code")),
        exit);
  }
}
