package dev.ss.api.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The report of a running API whose PostgreSQL goes away, or has another time. */
class DatabaseReportTest {
  private static final PostgresServer SERVER = PostgresServer.temporary();

  /** More than the API has connections. */
  private static final int CLIENTS = 30;

  private static ReportedApi api;
  private static String name;

  @BeforeAll
  static void start() throws Exception {
    name = SERVER.newDatabase();
    Path directory = Files.createTempDirectory("ss-report-test");
    api = ReportedApi.start(directory, SERVER.url(name), "queueInterval: 500ms", List.of());
  }

  @AfterAll
  static void stop() throws Exception {
    api.close();
    SERVER.close();
  }

  @Test
  void aDatabaseThatIsAwayIsSaidAndThatItIsBack() {
    api.awaitAmong("no_worker");

    SERVER.stop(PostgresServer.Stop.IMMEDIATE);

    api.awaitAmong("database_away", "snapshot_stale");
    assertThat(api.report().path("title").textValue()).isEqualTo("The database is away");
    assertThat(api.report().findValuesAsText("verdict"))
        .as("all, flow, execution, liveness, access")
        .startsWith("bad", "unknown", "unknown", "bad");
    assertThat(api.exported("database_away")).isEqualTo(1);
    assertThat(api.exported("no_worker")).as("nobody can tell").isNull();
    SERVER.start();
    api.awaitNone("database_away", "snapshot_stale");
    api.awaitAmong("no_worker");
  }

  @Test
  void clocksThatDifferAreSaid() throws Exception {
    try (var connection = SERVER.connect(name);
        var statement = connection.createStatement()) {
      statement.execute("create schema late");
      statement.execute(
          "create function late.clock_timestamp() returns timestamptz language sql"
              + " as 'select pg_catalog.clock_timestamp() + interval ''7 s'''");
      statement.execute(
          "alter database %s set search_path = late, pg_catalog, public".formatted(name));
    }
    endConnections();

    api.awaitAmong("clocks_apart");
    assertThat(api.finding("clocks_apart").at("/evidence/clock_offset_seconds").doubleValue())
        .isBetween(6.5, 7.5);
    SERVER.execute("alter database %s reset search_path".formatted(name));
    endConnections();
  }

  /** Somebody has locked a table, and those who ask for its rows have all connections. */
  @Test
  void threadsThatWaitForAConnectionAreSaid() throws Exception {
    String jobId = api.http().submitted("resize");
    ExecutorService clients = Executors.newCachedThreadPool();
    try (var connection = SERVER.connect(name);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table job_attempts in access exclusive mode");
      AtomicBoolean over = new AtomicBoolean();
      for (int i = 0; i < CLIENTS; i++) {
        clients.execute(() -> askUntil(over, jobId));
      }

      api.awaitAmong("pool_exhausted");
      over.set(true);
    } finally {
      clients.shutdown();
    }
    assertThat(clients.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  private static void askUntil(AtomicBoolean over, String jobId) {
    while (!over.get()) {
      api.http().get("/v1/jobs/" + jobId + "/output");
    }
  }

  private static void endConnections() {
    SERVER.query(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '%s'"
            .formatted(name));
  }
}
