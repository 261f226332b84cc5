package dev.ss.api.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.store.TestStore;
import dev.ss.testkit.client.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The report of a running API on situations that are made in its database. */
class ReportTest {
  private static ReportedApi api;
  private static TestStore store;
  private JobsAndWorkers made;

  @BeforeAll
  static void start() throws Exception {
    Path directory = Files.createTempDirectory("ss-report-test");
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    api =
        ReportedApi.start(
            directory,
            "jdbc:sqlite:" + directory.resolve("ss.db"),
            "queueInterval: 100ms, maxQueuedJobs: 40",
            List.of());
  }

  @AfterAll
  static void stop() throws Exception {
    store.close();
    api.close();
  }

  @BeforeEach
  void empty() {
    store.clear();
    made = new JobsAndWorkers(store);
  }

  static List<Arguments> situations() {
    return List.of(
        situation("idle and healthy", made -> made.worker(), "ok"),
        situation(
            "busy and healthy",
            made ->
                made.succeeded("report", 8)
                    .running("resize", 4)
                    .submitted("resize", 9)
                    .worker("w", false, 4, "report", "resize", "single"),
            "ok"),
        situation(
            "a single failed job among many",
            made -> made.worker().succeeded("resize", 25).failed("resize", 1),
            "ok"),
        situation(
            "everything fails",
            made -> made.worker().failed("resize", 4).failed("report", 3),
            "bad",
            "everything_failing",
            "job_type_failing:report",
            "job_type_failing:resize"),
        situation(
            "one type of several fails",
            made -> made.worker().succeeded("report", 5).failed("resize", 5),
            "bad",
            "job_type_failing:resize"),
        situation(
            "jobs fail and wait for their next attempt",
            made -> made.worker().succeeded("report", 5).toBeRepeated("resize", 5),
            "bad",
            "job_type_retrying:resize"),
        situation(
            "a type fails often",
            made -> made.worker().succeeded("resize", 9).failed("resize", 4).succeeded("resize", 1),
            "warn",
            "job_type_failing_often:resize"),
        situation(
            "nobody serves a type that has no jobs",
            made -> made.worker("w", false, 0, "report", "resize"),
            "warn",
            "job_type_unserved:single"),
        situation(
            "nobody serves a type whose jobs wait",
            made -> made.submitted("single", 2).worker("w", false, 0, "report", "resize"),
            "bad",
            "job_type_unserved:single"),
        situation("no worker at all", made -> made.submitted("report", 1), "bad", "no_worker"),
        situation("all workers stale", made -> made.ago(25, made::worker), "bad", "workers_stale"),
        situation(
            "all workers draining",
            made -> made.worker("w", true, 1, "report", "resize", "single"),
            "bad",
            "workers_draining"),
        situation(
            "one of two workers stale",
            made -> made.ago(25, () -> made.worker("v", false, 0, "report")).worker(),
            "warn",
            "worker_silent"),
        situation(
            "a backlog that moves",
            made ->
                made.ago(300, () -> made.submitted("resize", 20))
                    .running("resize", 3)
                    .worker("w", false, 3, "report", "resize", "single"),
            "ok",
            "backlog_moving:resize"),
        situation(
            "a backlog that moves and is too old",
            made ->
                made.ago(1900, () -> made.submitted("resize", 20))
                    .running("resize", 3)
                    .worker("w", false, 3, "report", "resize", "single"),
            "warn",
            "backlog_old:resize"),
        situation(
            "a backlog that stands although slots are free",
            made -> made.ago(60, () -> made.succeeded("resize", 3).submitted("resize", 5)).worker(),
            "bad",
            "backlog_standing:resize"),
        situation(
            "all slots busy with long jobs",
            made ->
                made.ago(300, () -> made.running("resize", 4).submitted("resize", 5))
                    .worker("w", false, 4, "report", "resize", "single"),
            "warn",
            "slots_busy:resize"),
        situation(
            "a type at its maxRunning with a backlog",
            made ->
                made.ago(300, () -> made.running("single", 1).submitted("single", 5))
                    .worker("w", false, 1, "report", "resize", "single"),
            "warn",
            "job_type_at_limit:single"),
        situation(
            "a queue near its limit",
            made -> made.worker().scheduled("report", 33),
            "warn",
            "queue_near_limit"));
  }

  private static Arguments situation(
      String name, Consumer<JobsAndWorkers> make, String verdict, String... findings) {
    return Arguments.of(name, make, verdict, findings);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void aSituationIsSaidAsWhatItIs(
      String name, Consumer<JobsAndWorkers> make, String verdict, String[] findings) {
    make.accept(made);

    api.awaitExactly(verdict, findings);
  }

  @Test
  void whoRecoversIsHealthyAgain() {
    made.worker().failed("resize", 8);
    api.awaitExactly("bad", "everything_failing", "job_type_failing:resize");

    made.succeeded("resize", 10);

    api.awaitExactly("ok");
    assertThat(api.report().path("title").textValue()).isEqualTo("Healthy");
  }

  @Test
  void aFindingHasItsEvidenceAndKeepsItsTimeWhileItLasts() {
    made.ago(90, () -> made.succeeded("resize", 3).submitted("resize", 5)).worker();
    api.awaitAmong("backlog_standing:resize");
    JsonNode first = api.finding("backlog_standing");

    made.submitted("resize", 1);
    await().until(() -> api.finding("backlog_standing").at("/evidence/ready_jobs").intValue() == 6);
    JsonNode later = api.finding("backlog_standing");

    assertThat(first.path("area").textValue()).isEqualTo("flow");
    assertThat(first.path("severity").textValue()).isEqualTo("bad");
    assertThat(first.at("/evidence/ready_jobs").intValue()).isEqualTo(5);
    assertThat(first.at("/evidence/oldest_ready_age_seconds").doubleValue()).isBetween(89.0, 120.0);
    assertThat(first.at("/evidence/slots").intValue()).isEqualTo(4);
    assertThat(later.path("since")).isEqualTo(first.path("since"));
    assertThat(api.report().path("title").textValue()).isEqualTo("Jobs of resize do not start");
  }

  @Test
  void findingsAreExportedWithAllCodesFromTheStart() {
    made.worker().failed("resize", 4);
    api.awaitAmong("job_type_failing:resize");

    // The findings of an old count are not exported, and on a busy machine a count is old soon.
    await().untilAsserted(() -> assertThat(api.exported("job_type_failing")).isEqualTo(1));
    for (FindingCode code : FindingCode.values()) {
      await()
          .untilAsserted(
              () -> assertThat(api.exported(code.wireName())).as(code.wireName()).isNotNull());
    }
    await().untilAsserted(() -> assertThat(api.exported("no_worker")).isZero());
  }

  @Test
  void theRunbookOfEachFindingOpensOnTheSameHost() {
    for (FindingCode code : FindingCode.values()) {
      Answer runbook = api.http().get(code.runbook());

      assertThat(runbook.status()).as(code.runbook()).isEqualTo(200);
      assertThat(runbook.text()).startsWith("# Ss").contains("## What to do");
      assertThat(runbook.header("Content-Type")).contains("text/plain;charset=utf-8");
      assertThat(runbook.header("X-Content-Type-Options")).contains("nosniff");
    }
  }
}
