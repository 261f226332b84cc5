package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.client.Answer;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.postgres.PostgresServer.Stop;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the two processes do when PostgreSQL is slow, away or back. */
class PostgresFaultsIT extends OwnSystem {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path data;
  private PostgresServer postgres;

  @BeforeEach
  void startPostgres() {
    postgres = PostgresServer.startIn(data, new Ports().free());
    ss.with("SS_DATABASE_URL", postgres.url(PostgresServer.USER))
        .with("SS_DATABASE_USER", PostgresServer.USER);
  }

  @AfterEach
  void stopPostgres() {
    ss.close();
    postgres.close();
  }

  private void awaitReady(int status) {
    Awaitility.await().atMost(PATIENCE).until(() -> client.get("/health/ready").status() == status);
  }

  private static void assertUnavailable(Answer response) {
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.text()).contains("database_unavailable");
  }

  @Test
  void aJobStartsLongBeforeTheNextLookForOne() {
    ss.with("POLL_INTERVAL", "60s").startApi();
    ss.startWorker();
    client.awaitFinal(client.submit("bytes", "the first may be found by the first look"));

    long began = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      client.awaitFinal(client.submit("bytes", "input " + i));
    }

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);
  }

  @Test
  void aStatementThatWaitsTooLongIsAnsweredWithUnavailable() throws Exception {
    ss.with("STATEMENT_TIMEOUT", "500ms").startApi();
    String job = client.submit("bytes", "x");
    try (Connection connection = postgres.connect(PostgresServer.USER);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table jobs");

      assertUnavailable(client.get("/v1/jobs/" + job));
      assertUnavailable(client.post("/v1/jobs", Map.of("job_type", "bytes", "input", "y")));
      assertUnavailable(client.cancel(job));
      connection.rollback();
    }
    assertThat(client.state(job)).isEqualTo("queued");
  }

  @Test
  void aRestartedDatabaseIsFoundAgain() throws Exception {
    ManagedProcess api = ss.startApi();
    ManagedProcess worker = ss.startWorker();
    client.awaitFinal(client.submit("bytes", "before"));

    postgres.stop(Stop.FAST);
    awaitReady(503);
    assertUnavailable(client.get("/v1/jobs"));
    assertThat(client.get("/health/live").status()).isEqualTo(200);
    assertThat(ss.workerMetrics().sum("ss_worker_up")).isEqualTo(1);

    postgres.start();
    awaitReady(200);
    String job = client.submit("bytes", "after");
    client.awaitFinal(job);
    assertThat(client.output(job)).isEqualTo("after");
    worker.awaitLog("Wake-ups arrive again.");
    assertThat(api.isAlive()).isTrue();
    assertThat(worker.isAlive()).isTrue();
  }

  @Test
  void whenAllConnectionsAreEndedTheJobThatRunsIsFinishedAllTheSame() throws Exception {
    ss.with("HEARTBEAT_INTERVAL", "5s").startApi();
    ss.startWorker();
    Path gate = directory.resolve("gate");
    String job = client.submit("gate", gate.toString());
    client.awaitState(job, "running");

    postgres.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where pid <> pg_backend_pid() and application_name like 'ss%'");
    Files.createFile(gate);

    Awaitility.await().atMost(PATIENCE).until(() -> client.get("/v1/jobs/" + job).status() == 200);
    client.awaitFinal(job);
    assertThat(client.output(job)).isEqualTo("passed in attempt 1\n");
  }

  @Test
  void aJobThatEndsWhileTheDatabaseIsAwayIsFinishedWhenItIsBack() throws Exception {
    ss.startApi();
    ManagedProcess worker = ss.startWorker();
    Path gate = directory.resolve("gate");
    String job = client.submit("gate", gate.toString());
    client.awaitState(job, "running");

    postgres.stop(Stop.FAST);
    Files.createFile(gate);
    worker.awaitLog("The database is unavailable");
    Awaitility.await()
        .atMost(PATIENCE)
        .during(Duration.ofSeconds(4))
        .until(() -> ss.workerMetrics().sum("ss_worker_inflight_jobs") == 1);
    postgres.start();

    awaitReady(200);
    client.awaitFinal(job);
    assertThat(client.output(job)).isEqualTo("passed in attempt 1\n");
  }

  @Test
  void howFarTheMachinesClockIsOffIsShownByBoth() {
    ss.startApi();
    ss.startWorker();

    for (Scrape scrape : new Scrape[] {ss.apiMetrics(), ss.workerMetrics()}) {
      assertThat(Math.abs(scrape.sum("ss_database_clock_offset_seconds"))).isBetween(1e-9, 1.0);
    }
  }
}
