package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** That nobody waits for PostgreSQL for ever, and that whoever wrote the URL has the last word. */
class TimeLimitsTest {
  @AutoClose private static final PostgresServer server = PostgresServer.temporary();

  private static DatabaseSettings with(DatabaseSettings settings, String query, Duration limit) {
    return new DatabaseSettings(
        settings.url() + query,
        settings.user(),
        settings.password(),
        1,
        1,
        Duration.ofSeconds(7),
        limit);
  }

  private static String show(TestStore store, String setting) {
    return store.database().read(handle -> show(handle, setting));
  }

  private static String show(Handle handle, String setting) {
    return handle.createQuery("show " + setting).mapTo(String.class).one();
  }

  private static int pidOf(Handle handle) {
    return handle.createQuery("select pg_backend_pid()").mapTo(Integer.class).one();
  }

  private static int socketTimeout(TestStore store) {
    return store
        .database()
        .read(
            handle -> {
              try {
                return handle.getConnection().getNetworkTimeout();
              } catch (SQLException e) {
                throw new AssertionError(e);
              }
            });
  }

  @Test
  void aStatementThatTakesTooLongIsEnded() throws Exception {
    DatabaseSettings settings = with(TestStore.newDatabase(server), "", Duration.ofMillis(200));
    try (TestStore store = TestStore.open(settings)) {
      assertThatThrownBy(() -> store.sql("select pg_sleep(600)"))
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessageContaining("database.statementTimeout");
    }
  }

  @Test
  void whoNeedsARowThatIsLockedIsToldSo() throws Exception {
    DatabaseSettings settings = with(TestStore.newDatabase(server), "", Duration.ofMillis(200));
    try (TestStore store = TestStore.open(settings);
        Connection other = TestStore.connect(settings);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table jobs");

      assertThatThrownBy(store::submit)
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessageContaining("database.statementTimeout");
      other.rollback();
    }
  }

  @Test
  void whoFindsNoFreeConnectionIsToldSo() throws Exception {
    DatabaseSettings settings = with(TestStore.newDatabase(server), "", Duration.ofMillis(200));
    try (TestStore store = TestStore.open(settings)) {
      Database database = store.database();
      database.inTransaction(
          first ->
              database.read(
                  second -> {
                    assertThat(pidOf(first)).isNotEqualTo(pidOf(second));
                    assertThatThrownBy(() -> CompletableFuture.runAsync(database::ping).join())
                        .hasCauseInstanceOf(DatabaseUnavailableException.class)
                        .hasMessageContaining("no connection to it became free in time");
                    return null;
                  }));
    }
  }

  @Test
  void aConnectionHasLimitsOfItsOwn() throws Exception {
    DatabaseSettings settings = with(TestStore.newDatabase(server), "", Duration.ofSeconds(3));
    try (TestStore store = TestStore.open(settings)) {
      assertThat(show(store, "statement_timeout")).isEqualTo("3s");
      assertThat(show(store, "idle_in_transaction_session_timeout")).isEqualTo("10s");
      assertThat(socketTimeout(store)).isEqualTo(8_000);
      assertThat(show(store, "jit"))
          .as("compiling would take longer than all else")
          .isEqualTo("off");
      assertThat(show(store, "enable_seqscan"))
          .as("a plan for an empty queue is kept for a long one")
          .isEqualTo("off");
      assertThat(show(store, "backend_flush_after"))
          .as("commits would wait for all that large outputs have left to write")
          .isEqualTo("256kB");
    }
  }

  @Test
  void whatTheUrlSaysStays() throws Exception {
    DatabaseSettings settings =
        with(
            TestStore.newDatabase(server),
            "?options=-c%20statement_timeout=17s%20-c%20geqo=off%20-c%20jit=on&socketTimeout=19"
                + "&ApplicationName=mine&targetServerType=primary",
            Duration.ofSeconds(3));
    try (TestStore store = TestStore.open(settings)) {
      assertThat(show(store, "statement_timeout")).isEqualTo("17s");
      assertThat(show(store, "geqo")).isEqualTo("off");
      assertThat(show(store, "jit")).isEqualTo("on");
      assertThat(show(store, "idle_in_transaction_session_timeout")).isEqualTo("10s");
      assertThat(show(store, "application_name")).isEqualTo("mine");
      assertThat(socketTimeout(store)).isEqualTo(19_000);
    }
  }

  @Test
  void whatTheDatabaseSaysOfItselfStays() throws Exception {
    DatabaseSettings settings = with(TestStore.newDatabase(server), "", Duration.ofSeconds(3));
    String name = settings.url().substring(settings.url().lastIndexOf('/') + 1);
    server.execute("alter database " + name + " set idle_in_transaction_session_timeout = '23s'");
    try (TestStore store = TestStore.open(settings)) {
      assertThat(show(store, "idle_in_transaction_session_timeout")).isEqualTo("23s");
      assertThat(show(store, "statement_timeout")).isEqualTo("3s");
    }
  }

  @Test
  void theFirstOfSeveralHostsThatAnswersIsTaken() throws Exception {
    DatabaseSettings settings = TestStore.newDatabase(server);
    String hosts = settings.url().replace("//", "//127.0.0.1:1,");
    DatabaseSettings several =
        with(
            new DatabaseSettings(
                hosts, "postgres", "", 1, 1, Duration.ofSeconds(7), Duration.ofSeconds(9)),
            "?targetServerType=primary",
            Duration.ofSeconds(9));
    try (TestStore store = TestStore.open(several)) {
      assertThat(store.job(store.submit().id())).isNotNull();
    }
  }

  @Test
  void aMigrationTakesTheTimeItNeeds() throws Exception {
    DatabaseSettings settings = with(TestStore.newDatabase(server), "", Duration.ofMillis(100));
    try (Connection other = TestStore.connect(settings);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("create table jobs (in_the_way integer)");
      CompletableFuture<Database> opened =
          CompletableFuture.supplyAsync(() -> Database.open(settings));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  server
                      .query(
                          "select count(*) from pg_stat_activity where query like 'create table%'"
                              + " and wait_event_type = 'Lock'"
                              + " and clock_timestamp() - query_start > interval '500 ms'")
                      .equals("1"));
      other.rollback();
      Database database = opened.get(60, TimeUnit.SECONDS);
      database.ping();
      database.stop();
    }
  }
}
