package dev.ss.api.http;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.api.support.ApiResources;
import dev.ss.testkit.client.Answer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/job-types} and {@code GET /v1/workers}. */
class OverviewTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  @BeforeEach
  void noWorkers() {
    API.rows().execute("delete from workers");
  }

  @Test
  void jobTypesAreListedByNameAndWithoutTheirCommands() {
    Answer answer = API.get("/v1/job-types");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo(
            "{\"job_types\":["
                + "{\"job_type\":\"report\",\"timeout_seconds\":1.5,\"max_attempts\":1,"
                + "\"parameters\":{},\"paused\":false},"
                + "{\"job_type\":\"resize\",\"timeout_seconds\":120.0,\"max_attempts\":3,"
                + "\"parameters\":{\"format\":{\"pattern\":\"png|jpg\",\"default\":\"png\"},"
                + "\"size\":{\"pattern\":\"[0-9]+x[0-9]+\",\"default\":null}},\"paused\":false},"
                + "{\"job_type\":\"word-count\",\"timeout_seconds\":60.0,\"max_attempts\":3,"
                + "\"parameters\":{},\"paused\":false}]}");
  }

  @Test
  void aTypeIsPausedUntilItIsResumed() {
    String pausedAt = API.clock().instant().toString();
    Answer paused = API.post("/v1/job-types/report/pause");
    assertThat(paused.status()).isEqualTo(200);
    assertThat(paused.json().path("paused").booleanValue()).isTrue();
    assertThat(Instant.parse(paused.field("paused_at"))).isEqualTo(Instant.parse(pausedAt));

    API.clock().advance(Duration.ofSeconds(5));
    assertThat(API.post("/v1/job-types/report/pause").text()).isEqualTo(paused.text());
    assertThat(API.get("/v1/job-types").json().findValuesAsText("paused"))
        .containsExactly("true", "false", "false");

    Answer resumed = API.post("/v1/job-types/report/resume");
    assertThat(resumed.json().path("paused").booleanValue()).isFalse();
    assertThat(resumed.json().has("paused_at")).isFalse();
    assertThat(API.post("/v1/job-types/report/resume").text()).isEqualTo(resumed.text());
    assertThat(API.get("/v1/job-types").json().findValuesAsText("paused"))
        .containsExactly("false", "false", "false");
  }

  @ParameterizedTest
  @CsvSource({"pause", "resume"})
  void aTypeThatIsNotConfiguredCannotBePausedOrResumed(String action) {
    assertProblem(API.post("/v1/job-types/reprot/" + action), 404, "job_type_not_found");
  }

  @Test
  void noWorkersAreAnEmptyList() {
    Answer answer = API.get("/v1/workers");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"workers\":[]}");
  }

  @ParameterizedTest
  @CsvSource({
    "false, 0, live",
    "true, 0, draining",
    "false, 3600, stale",
    "true, 3600, stale",
  })
  void aWorkerIsLiveDrainingOrStale(boolean draining, long silentForSeconds, String state) {
    Instant lastHeartbeat = API.clock().instant().minusSeconds(silentForSeconds);
    worker("worker-1", draining, lastHeartbeat);

    JsonNode worker = API.get("/v1/workers").json().path("workers").get(0);

    assertThat(worker.path("worker_id").textValue()).isEqualTo("worker-1");
    assertThat(worker.path("state").textValue()).isEqualTo(state);
    assertThat(worker.path("slots").intValue()).isEqualTo(4);
    assertThat(worker.path("running").intValue()).isEqualTo(2);
    assertThat(worker.path("job_types").toString()).isEqualTo("[\"report\",\"word-count\"]");
    assertThat(worker.path("started_at").textValue()).isEqualTo("1970-01-01T00:00:00.000Z");
    assertThat(worker.path("host").textValue()).isEqualTo("pc-1");
    assertThat(Instant.parse(worker.path("last_heartbeat_at").textValue()).toEpochMilli())
        .isEqualTo(lastHeartbeat.toEpochMilli());
  }

  @Test
  void aWorkerIsListedWithWhatItRuns() {
    worker("worker-1", false, API.clock().instant());
    String jobId = API.submitted("report");
    API.submitted("report");
    API.rows().start(jobId);

    JsonNode running = API.get("/v1/workers").json().path("workers").get(0).path("running_jobs");

    String startedAt = API.get("/v1/jobs/" + jobId).field("started_at");
    assertThat(running.toString())
        .isEqualTo(
            "[{\"job_id\":\"%s\",\"job_type\":\"report\",\"started_at\":\"%s\"}]"
                .formatted(jobId, startedAt));
  }

  @Test
  void workersAreListedInTheOrderOfTheirIds() {
    worker("worker-b", false, Instant.EPOCH);
    worker("worker-a", false, Instant.EPOCH);

    assertThat(API.get("/v1/workers").json().findValuesAsText("worker_id"))
        .containsExactly("worker-a", "worker-b");
  }

  private static void worker(String id, boolean draining, Instant lastHeartbeat) {
    API.rows()
        .execute(
            "insert into workers (worker_id, draining, slots, running, job_types, started_at,"
                + " last_heartbeat_at, host) values (?, ?, 4, 2, 'report,word-count', 0, ?, 'pc-1')",
            id,
            draining,
            lastHeartbeat.toEpochMilli());
  }
}
