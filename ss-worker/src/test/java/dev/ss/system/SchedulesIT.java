package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.system.Ss.AnotherApi;
import dev.ss.testkit.client.Client;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.ManagedProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A real minute: two APIs and a worker with a schedule that is due every minute. */
class SchedulesIT extends OwnSystem {
  /** A minute, and the time to start and run a job on a busy machine. */
  private static final Duration A_MINUTE = Duration.ofSeconds(90);

  /**
   * Both APIs are killed twice: while one stores the job and the other waits for it, and when the
   * job has just been stored.
   */
  @Test
  void aMinuteHasOneJobHoweverManyApisMakeItAndWheneverTheyAreKilled() throws Exception {
    try (PostgresServer postgres = PostgresServer.temporary()) {
      ss.with("SS_DATABASE_URL", postgres.url(PostgresServer.USER))
          .with("SS_DATABASE_USER", PostgresServer.USER)
          .with("SCHEDULE_CRON", "* * * * *");
      Instant due = killBothWhileTheyMakeTheJob(postgres);
      assertThat(jobsOf(due, postgres)).isZero();
      killBothWhenTheJobIsMade(due, postgres);

      ss.startApi();
      AnotherApi second = ss.startAnotherApi();
      ss.startWorker();
      awaitSuccess(client);
      awaitSuccess(second.client());

      assertThat(jobsOf(due, postgres)).isEqualTo(1);
      List<JsonNode> jobs = jobs();
      assertThat(jobs).extracting(job -> job.path("run_at").textValue()).doesNotHaveDuplicates();
      assertThat(jobs).extracting(job -> job.path("schedule").textValue()).containsOnly("greeting");
      JsonNode oldest = jobs.get(jobs.size() - 1);
      assertThat(Instant.parse(oldest.path("run_at").textValue()))
          .isBeforeOrEqualTo(due)
          .matches(at -> at.getEpochSecond() % 60 == 0, "on the minute");
      assertThat(client.output(oldest.path("job_id").textValue())).isEqualTo("hello\n");
      ss.close();
    }
  }

  /** Returns the moment that was due. */
  private Instant killBothWhileTheyMakeTheJob(PostgresServer postgres) throws SQLException {
    ManagedProcess first = ss.startApi();
    ManagedProcess second = ss.startAnotherApi().api().process();
    try (Connection somebody = postgres.connect(PostgresServer.USER);
        Statement statement = somebody.createStatement()) {
      somebody.setAutoCommit(false);
      statement.execute("lock table jobs in share mode");
      Instant due = Instant.parse(schedule().path("next_at").textValue());
      Awaitility.await().atMost(A_MINUTE).until(() -> waitingForLocks(postgres) == 2);
      first.kill();
      second.kill();
      return due;
    }
  }

  private static int waitingForLocks(PostgresServer postgres) {
    return number(postgres, "select count(distinct pid) from pg_locks where not granted");
  }

  private void killBothWhenTheJobIsMade(Instant due, PostgresServer postgres) {
    ManagedProcess first = ss.launchApi();
    ManagedProcess second = ss.launchAnotherApi().api().process();
    Awaitility.await().atMost(A_MINUTE).until(() -> jobsOf(due, postgres) == 1);
    first.kill();
    second.kill();
  }

  private static int jobsOf(Instant due, PostgresServer postgres) {
    return number(postgres, "select count(*) from jobs where run_at = '%s'".formatted(due));
  }

  private static int number(PostgresServer postgres, String sql) {
    return Integer.parseInt(postgres.query(sql));
  }

  /** Waits until this API has seen that a job of the schedule has succeeded. */
  private static void awaitSuccess(Client api) {
    Awaitility.await()
        .atMost(A_MINUTE)
        .until(() -> api.scrape().sum("ss_schedule_last_success_timestamp_seconds") > 0);
  }

  private JsonNode schedule() {
    return client.get("/v1/schedules").json().path("schedules").get(0);
  }

  private List<JsonNode> jobs() {
    return client.get("/v1/jobs").json().path("jobs").findParents("job_id");
  }
}
