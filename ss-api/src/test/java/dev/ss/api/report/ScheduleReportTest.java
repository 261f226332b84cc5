package dev.ss.api.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.job.JobType;
import dev.ss.job.Schedule;
import dev.ss.job.Timetable;
import dev.ss.store.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A running API with schedules that no API has looked after for hours. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScheduleReportTest {
  private static ReportedApi api;
  private static TestStore store;
  private static Instant hoursAgo;

  @BeforeAll
  static void start() throws Exception {
    Path directory = Files.createTempDirectory("ss-report-test");
    hoursAgo = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(5, ChronoUnit.HOURS);
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    store.schedules().announce(List.of(schedule("hourly"), schedule("refused")), hoursAgo);
    store.sql(
        "create trigger refuse before insert on jobs when new.schedule = 'refused'"
            + " begin select raise(abort, 'refused'); end");
    api =
        ReportedApi.start(
            directory,
            "jdbc:sqlite:" + directory.resolve("ss.db"),
            "queueInterval: 500ms, maxQueuedJobs: 1",
            List.of(
                "schedules:",
                "  hourly: {cron: '0 * * * *', zone: Asia/Tokyo, jobType: report, catchUp: 90m,"
                    + " input: x}",
                "  refused: {cron: '0 * * * *', zone: Asia/Tokyo, jobType: resize}"));
  }

  private static Schedule schedule(String name) {
    return new Schedule(
        name,
        Timetable.of("0 * * * *", ZoneId.of("Asia/Tokyo")),
        new JobType("report", List.of("sort"), Duration.ofMinutes(1), 3, Optional.empty()),
        new byte[0],
        0,
        Duration.ofMinutes(90));
  }

  @AfterAll
  static void stop() throws Exception {
    store.close();
    api.close();
  }

  private static JsonNode listed(String name) {
    for (JsonNode schedule : api.http().get("/v1/schedules").json().path("schedules")) {
      if (schedule.path("name").textValue().equals(name)) {
        return schedule;
      }
    }
    throw new AssertionError("no schedule " + name);
  }

  private static List<JsonNode> jobs() {
    JsonNode page = api.http().get("/v1/jobs?limit=100").json();
    return List.copyOf(page.path("jobs").findParents("job_id"));
  }

  @Test
  @Order(1)
  void whatIsMissedAndWhatIsLateIsSaid() {
    api.awaitAmong("schedule_missed", "schedule_late");

    assertThat(api.finding("schedule_missed").path("summary").textValue())
        .contains("Schedule hourly");
    assertThat(api.finding("schedule_late").path("summary").textValue())
        .contains("Schedule refused");
    assertThat(api.finding("schedule_late").at("/evidence/late_seconds").doubleValue())
        .isGreaterThan(4 * 3600);
    await()
        .atMost(ReportedApi.SOON)
        .untilAsserted(() -> assertThat(api.exported("schedule_late")).isEqualTo(1));
  }

  /** Two jobs, although the queue may have only one. */
  @Test
  @Order(2)
  void aFullQueueHoldsNoScheduleBack() {
    await().atMost(ReportedApi.SOON).until(() -> !jobs().isEmpty());

    assertThat(jobs())
        .hasSizeBetween(1, 2)
        .allSatisfy(job -> assertThat(job.path("schedule").textValue()).isEqualTo("hourly"));
    String submitted = api.http().submit("{\"job_type\":\"report\",\"input\":\"\"}").field("code");
    assertThat(submitted).isEqualTo("queue_full");
  }

  @Test
  @Order(3)
  void schedulesAreListedWithTheirRuns() {
    JsonNode hourly = listed("hourly");

    assertThat(hourly.path("cron").textValue()).isEqualTo("0 * * * *");
    assertThat(hourly.path("zone").textValue()).isEqualTo("Asia/Tokyo");
    assertThat(hourly.path("job_type").textValue()).isEqualTo("report");
    assertThat(hourly.path("catch_up_seconds").doubleValue()).isEqualTo(5400);
    assertThat(hourly.path("missed").longValue()).isBetween(3L, 4L);
    assertThat(hourly.path("last_success_at").isNull()).isTrue();
    Instant lastDue = Instant.parse(hourly.path("last_due_at").textValue());
    assertThat(Instant.parse(hourly.path("next_at").textValue()))
        .isEqualTo(lastDue.plus(1, ChronoUnit.HOURS));
    String job = hourly.path("last_job_id").textValue();
    assertThat(api.http().get("/v1/jobs/" + job).field("run_at"))
        .isEqualTo(hourly.path("last_due_at").textValue());
    JsonNode refused = listed("refused");
    assertThat(refused.path("last_job_id").isNull()).isTrue();
    assertThat(Instant.parse(refused.path("next_at").textValue()))
        .isEqualTo(hoursAgo.plus(1, ChronoUnit.HOURS));
  }

  @Test
  @Order(4)
  void whenTheJobIsMadeAfterAllItIsNotLateAnyMore() {
    store.sql("drop trigger refuse");

    api.awaitNone("schedule_late");
    assertThat(listed("refused").path("last_job_id").isNull()).isFalse();
  }
}
