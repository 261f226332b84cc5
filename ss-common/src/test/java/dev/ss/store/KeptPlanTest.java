package dev.ss.store;

import static dev.ss.store.Filters.filter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.JobState;
import dev.ss.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL keeps the plan of a statement that a connection executes again and again. One that was
 * made while there was hardly a job must do when there are many, until the tables are analyzed.
 */
class KeptPlanTest {
  /** A plan is kept from the tenth time on, on each of two connections. */
  private static final int ROUNDS = 24;

  private static final int FEW = 8;

  /** Most of it what earlier rounds left in the indexes: nothing is vacuumed either. */
  private static final long MOST_READ = QueryPlanTest.JOBS / 3;

  private static final String ROWS_READ =
      """
      select relname || ' ' || indexrelname as what, idx_tup_read as rows_read
      from pg_stat_user_indexes
      union all
      select relname, seq_tup_read from pg_stat_user_tables
      """;

  @AutoClose private static final PostgresServer server = PostgresServer.temporary();

  @Test
  void whatWasPlannedForAnEmptyQueueReadsLittleOfALongOne() throws Exception {
    server.execute("alter system set autovacuum = off");
    server.reload();
    DatabaseSettings settings = twoConnectionsTo(TestStore.newDatabase(server));
    try (TestStore store = TestStore.open(settings)) {
      QueryPlanTest.execute(settings, "vacuum analyze");
      for (int i = 0; i < ROUNDS; i++) {
        for (int job = 0; job < FEW; job++) {
          store.submit();
        }
        QueryPlanTest.live(store);
        store.clear();
      }
      fill(settings);
      tellNumbers(store);
      QueryPlanTest.execute(settings, "select pg_stat_reset()");

      QueryPlanTest.live(store);
      tellNumbers(store);
    }

    assertThat(rowsRead(settings))
        .isNotEmpty()
        .allSatisfy((what, rows) -> assertThat(rows).as(what).isLessThan(MOST_READ));
  }

  /** Each connection has seen the question often, with an answer that is most of the table. */
  @Test
  void aPageReadsItsOwnJobsHoweverFewThereAre() throws Exception {
    server.execute("alter system set autovacuum = off");
    server.reload();
    DatabaseSettings settings = twoConnectionsTo(TestStore.newDatabase(server));
    try (TestStore store = TestStore.open(settings)) {
      QueryPlanTest.fill(store);
      store.sql("update jobs set job_type = 'usual', state = 'queued'");
      QueryPlanTest.execute(settings, "vacuum analyze");
      for (int i = 0; i < ROUNDS; i++) {
        list(store, JobState.QUEUED, "usual");
      }
      tellNumbers(store);
      QueryPlanTest.execute(settings, "select pg_stat_reset()");

      list(store, JobState.FAILED, "usual");
      list(store, JobState.QUEUED, "rare");
      tellNumbers(store);
    }

    assertThat(rowsRead(settings))
        .allSatisfy((what, rows) -> assertThat(rows).as(what).isLessThan(MOST_READ));
  }

  private static void list(TestStore store, JobState state, String jobType) {
    store.jobs().list(filter().states(state).newest(51));
    store.jobs().list(filter().types(jobType).newest(51));
    store.jobs().list(filter().states(state).types(jobType).newest(51));
  }

  private static DatabaseSettings twoConnectionsTo(DatabaseSettings database) {
    return new DatabaseSettings(
        database.url(),
        database.user(),
        database.password(),
        1,
        1,
        TestStore.CONNECT_TIMEOUT,
        TestStore.PATIENCE);
  }

  private static void fill(DatabaseSettings settings) throws Exception {
    try (TestStore other = TestStore.open(settings)) {
      QueryPlanTest.fill(other);
      tellNumbers(other);
    }
  }

  /** A connection tells what it has read a second later, or ten; both of them now. */
  private static void tellNumbers(TestStore store) {
    store
        .database()
        .read(
            one -> {
              tellNumbers(one);
              return store.database().inTransaction(KeptPlanTest::tellNumbers);
            });
  }

  private static int tellNumbers(Handle handle) {
    return handle.execute("select pg_stat_force_next_flush()");
  }

  private static Map<String, Long> rowsRead(DatabaseSettings settings) throws SQLException {
    Map<String, Long> read = new TreeMap<>();
    try (Connection connection = TestStore.connect(settings);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ROWS_READ)) {
      while (rows.next()) {
        read.put(rows.getString("what"), rows.getLong("rows_read"));
      }
    }
    return read;
  }
}
