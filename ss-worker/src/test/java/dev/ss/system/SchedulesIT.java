package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.system.Ss.AnotherApi;
import dev.ss.testkit.postgres.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A real minute: two APIs and a worker with a schedule that is due every minute. */
class SchedulesIT extends OwnSystem {
  /** A minute, and the time to start and run a job on a busy machine. */
  private static final Duration A_MINUTE = Duration.ofSeconds(90);

  @Test
  void ofTwoApisOneMakesTheJobOfAMinute() {
    try (PostgresServer postgres = PostgresServer.temporary()) {
      ss.with("SS_DATABASE_URL", postgres.url(PostgresServer.USER))
          .with("SS_DATABASE_USER", PostgresServer.USER)
          .with("SCHEDULE_CRON", "* * * * *");
      ss.startApi();
      AnotherApi second = ss.startAnotherApi();
      ss.startWorker();
      Instant started = Instant.parse(schedule().path("next_at").textValue());

      Awaitility.await()
          .atMost(A_MINUTE)
          .until(() -> schedule().path("last_success_at").isTextual());

      List<JsonNode> jobs = jobs();
      assertThat(jobs).extracting(job -> job.path("run_at").textValue()).doesNotHaveDuplicates();
      assertThat(jobs).extracting(job -> job.path("schedule").textValue()).containsOnly("greeting");
      JsonNode oldest = jobs.get(jobs.size() - 1);
      assertThat(Instant.parse(oldest.path("run_at").textValue()))
          .isBeforeOrEqualTo(started)
          .matches(at -> at.getEpochSecond() % 60 == 0, "on the minute");
      assertThat(client.output(oldest.path("job_id").textValue())).isEqualTo("hello\n");
      assertThat(
              ss.apiMetrics().sum("ss_jobs_total", "event=\"created\"")
                  + second.client().scrape().sum("ss_jobs_total", "event=\"created\""))
          .isEqualTo(jobs.size());
      ss.close();
    }
  }

  private JsonNode schedule() {
    return client.get("/v1/schedules").json().path("schedules").get(0);
  }

  private List<JsonNode> jobs() {
    return client.get("/v1/jobs").json().path("jobs").findParents("job_id");
  }
}
