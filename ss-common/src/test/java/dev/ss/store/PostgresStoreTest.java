package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Job;
import dev.ss.job.NewJob;
import dev.ss.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends StoreConformance {
  @AutoClose private static final PostgresServer server = PostgresServer.temporary();
  private static DatabaseSettings shared;

  @BeforeAll
  static void createDatabase() throws Exception {
    shared = TestStore.newDatabase(server);
  }

  @Override
  public DatabaseSettings emptyDatabase() throws Exception {
    return TestStore.newDatabase(server);
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
      CompletableFuture<List<Submissions.Stored>> batch =
          CompletableFuture.supplyAsync(() -> store().submissions().submitAll(jobs));
      awaitSomebodyWaiting();

      insertJob(other, "a");
      other.rollback();

      assertThat(batch.get())
          .hasSize(2)
          .extracting(Submissions.Stored::match)
          .containsOnly(Submissions.Match.CREATED);
    }
  }

  @Test
  void aJobThatAnotherTransactionIsChangingIsPassedOver() throws Exception {
    Job locked = store().submit();
    Job free = store().submit();
    try (Connection other =
        DriverManager.getConnection(shared.url(), shared.user(), shared.password())) {
      other.setAutoCommit(false);
      execute(other, "select 1 from jobs where job_id = '%s' for update".formatted(locked.id()));

      assertThat(store().worker().claim(8))
          .extracting(started -> started.attempt().jobId())
          .containsExactly(free.id());
    }
  }

  /** The driver then answers -2 for each row, which is neither 0 nor 1. */
  @Test
  void aBatchIsStoredWholeWhereTheDriverRewritesBatches() throws Exception {
    DatabaseSettings rewriting =
        TestStore.postgres(
            server,
            databaseName() + "?reWriteBatchedInserts=true",
            shared.user(),
            shared.password());
    try (TestStore store = TestStore.open(rewriting)) {
      Job earlier = store.submit(store.newJob().key("earlier", "digest").build());
      List<NewJob> jobs =
          List.of(
              store.newJob().key("a", "digest").build(),
              store.newJob().key("earlier", "digest").build(),
              store.newJob().build());

      assertThat(store.submissions().submitAll(jobs))
          .containsExactly(
              new Submissions.Stored(Submissions.Match.CREATED, store.job(jobs.get(0).id())),
              new Submissions.Stored(Submissions.Match.REPEATED, earlier),
              new Submissions.Stored(Submissions.Match.CREATED, store.job(jobs.get(2).id())));
      assertThat(store.worker().claim(8))
          .hasSize(3)
          .allSatisfy(started -> assertThat(started.input()).isNotNull());
    }
  }

  private static String databaseName() {
    return shared.url().substring(shared.url().lastIndexOf('/') + 1);
  }

  private static void insertJob(Connection connection, String key) throws SQLException {
    execute(
        connection,
        """
        insert into jobs (job_id, job_type, state, max_attempts, priority, created_at, due_at,
          run_at, idempotency_key, idempotency_digest)
        values ('%1$s', 't', 'queued', 1, 0, now(), now(), now(), '%1$s', 'other')
        """
            .formatted(key));
  }

  private static void awaitSomebodyWaiting() {
    Awaitility.await()
        .until(
            () -> server.query("select count(*) > 0 from pg_locks where not granted").equals("t"));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
