package dev.ss.api.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.access.NewToken;
import dev.ss.store.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a running API finds about itself and its clients. */
class ProcessReportTest {
  private static final NewToken TOKEN =
      NewToken.make(
          new SecureRandom(), "all", List.of("scrape", "read", "submit", "operate"), List.of());
  private static final NewToken READER =
      NewToken.make(new SecureRandom(), "reader", List.of("read"), List.of());
  private static final String JOB = "{\"job_type\": \"report\", \"input\": \"x\"}";

  private static Path database;
  private static ReportedApi api;
  private static TestStore store;

  @BeforeAll
  static void start() throws Exception {
    Path directory = Files.createTempDirectory("ss-report-test");
    Path tokens = directory.resolve("tokens.yml");
    Files.writeString(tokens, "tokens:\n  " + TOKEN.entry() + "\n  " + READER.entry() + "\n");
    database = directory.resolve("ss.db");
    store = TestStore.open(TestStore.sqlite(database));
    api =
        ReportedApi.start(
            directory,
            "jdbc:sqlite:" + database,
            "queueInterval: 1s, maxQueuedJobs: 3",
            List.of("access: {tokensFile: " + tokens + "}"),
            headers(TOKEN));
  }

  @AfterAll
  static void stop() throws Exception {
    store.close();
    api.close();
  }

  @BeforeEach
  void aWorker() {
    store.clear();
    new JobsAndWorkers(store).worker();
  }

  private static String[] headers(NewToken token) {
    return new String[] {"Authorization", "Bearer " + token.token()};
  }

  @Test
  void clientsWithBadTokensAreSaid() {
    for (int i = 0; i < 2; i++) {
      api.http().get("/v1/jobs", "Authorization", "Bearer unknown");
    }
    api.http().submit(JOB, headers(READER));

    api.awaitAmong("tokens_refused");
    assertThat(api.finding("tokens_refused").path("severity").textValue()).isEqualTo("warn");
  }

  @Test
  void strangersHostsAreSaid() {
    for (int i = 0; i < 3; i++) {
      api.http().postJson("/v1/jobs", new byte[0], "Sec-Fetch-Site", "cross-site");
    }

    api.awaitAmong("hosts_refused");
  }

  @Test
  void aFullQueueIsSaid() {
    new JobsAndWorkers(store).scheduled("report", 3);
    await().until(() -> api.http().submit(JOB, headers(TOKEN)).status() == 429);

    api.awaitAmong("queue_full");
    assertThat(api.report().path("verdict").textValue()).isEqualTo("bad");
  }

  @Test
  void requestsThatFailAreSaid() {
    String path = "/v1/jobs/" + store.submit().id() + "/output";
    store.without(
        "job_attempts",
        () -> {
          for (int i = 0; i < 20; i++) {
            assertThat(api.http().get(path, headers(TOKEN)).status()).isGreaterThanOrEqualTo(404);
          }
        });

    api.awaitAmong("requests_failing");
  }

  @Test
  void whatNobodyHasCountedIsUnknownWhateverItWas() {
    store.without(
        "jobs",
        () -> {
          api.awaitAmong("snapshot_stale");
          assertThat(api.exported("snapshot_stale")).isEqualTo(1);
          assertThat(api.exported("no_worker")).as("nobody can tell").isNull();
          assertThat(api.exported("tokens_refused")).isNotNull();
        });
    api.awaitNone("snapshot_stale");
    assertThat(api.exported("snapshot_stale")).isZero();
  }
}
