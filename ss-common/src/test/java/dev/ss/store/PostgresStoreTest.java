package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.NewJob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends StoreConformance {
  @AutoClose private static final PostgresServer server = PostgresServer.start();
  private static DatabaseSettings shared;

  @BeforeAll
  static void createDatabase() throws Exception {
    shared = server.newDatabase();
  }

  @Override
  public DatabaseSettings emptyDatabase() throws Exception {
    return server.newDatabase();
  }

  /** Creating a database takes longer than most tests do. */
  @Override
  DatabaseSettings databaseForTest() {
    return shared;
  }

  /** Somebody takes the batch's keys in another order; the batch is given up, and begins again. */
  @Test
  void aBatchThatIsGivenUpToEndADeadlockIsStoredAfterAll() throws Exception {
    try (Connection other =
        DriverManager.getConnection(shared.url(), shared.user(), shared.password())) {
      other.setAutoCommit(false);
      // The one that has waited for so long looks whether there is a deadlock, and gives way.
      execute(other, "set local deadlock_timeout = '1min'");
      insertJob(other, "b");
      List<NewJob> jobs =
          List.of(store().newJob().key("b", "d").build(), store().newJob().key("a", "d").build());
      CompletableFuture<List<Submissions.Result>> batch =
          CompletableFuture.supplyAsync(() -> store().submissions().submitAll(jobs));
      awaitSomebodyWaiting(other);

      insertJob(other, "a");
      other.rollback();

      assertThat(batch.get()).hasSize(2).hasOnlyElementsOfType(Submissions.Result.Created.class);
    }
  }

  /** Its execution is as it was when the cancel looks at it, and another one when it is removed. */
  @Test
  void aJobThatIsPickedWhileItIsCancelledIsCancelled() throws Exception {
    Job job = store().submit(store().newJob().runAt(Instant.parse("2199-01-01T00:00:00Z")).build());
    try (Connection picking =
        DriverManager.getConnection(shared.url(), shared.user(), shared.password())) {
      picking.setAutoCommit(false);
      execute(
          picking,
          "update scheduled_tasks set picked = true, version = version + 1"
              + " where task_instance = '%s.1'".formatted(job.id()));
      CompletableFuture<JobControl.Result> cancel =
          CompletableFuture.supplyAsync(() -> store().control().cancel(job.id()));
      awaitSomebodyWaiting(picking);
      picking.commit();

      assertThat(cancel.get()).isInstanceOf(JobControl.Result.Done.class);
      assertThat(store().job(job.id()).state()).isEqualTo(JobState.CANCELLED);
    }
  }

  private static void insertJob(Connection connection, String key) throws SQLException {
    execute(
        connection,
        """
        insert into jobs (job_id, job_type, state, max_attempts, priority, created_at, submitted_at,
          run_at, idempotency_key, idempotency_digest)
        values ('%1$s', 't', 'queued', 1, 0, now(), now(), now(), '%1$s', 'other')
        """
            .formatted(key));
  }

  private static void awaitSomebodyWaiting(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean waiting = false;
      while (!waiting) {
        try (ResultSet row =
            statement.executeQuery("select count(*) > 0 from pg_locks where not granted")) {
          row.next();
          waiting = row.getBoolean(1);
        }
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
