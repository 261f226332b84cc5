package dev.ss.api.schedule;

import static dev.ss.api.schedule.Api.schedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.Output;
import dev.ss.job.RunResult;
import dev.ss.job.Schedule;
import dev.ss.job.ScheduleState;
import dev.ss.store.DatabaseSettings;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.JobFilter;
import dev.ss.store.Jobs;
import dev.ss.store.PausedTypes;
import dev.ss.store.TestStore;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.unit.CapturedLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulerTest {
  private static final Instant START = Instant.parse("2026-03-05T12:00:30Z");

  /** Of that day, in Unix time. */
  private static final double ONE_O_CLOCK =
      (double) Instant.parse("2026-03-05T13:00:00Z").getEpochSecond();

  private static final Schedule HOURLY =
      schedule("hourly", "0 * * * *", "UTC", Duration.ofHours(2));

  @TempDir private Path directory;
  private TestStore store;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    store.clock().set(START);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Api api(Schedule... schedules) {
    return new Api(store, store.clock(), schedules);
  }

  private List<Job> jobs() {
    return store
        .jobs()
        .list(new Jobs.PageRequest(JobFilter.EVERYTHING, Jobs.Order.NEWEST, Optional.empty(), 1000))
        .jobs();
  }

  private void at(String time) {
    store.clock().set(Instant.parse("2026-03-05T" + time + "Z"));
  }

  private ScheduleState state(String name) {
    return store.schedules().all().get(name);
  }

  @Test
  void aDueMomentMakesAJobOfWhatTheScheduleSays() {
    Api api = api(HOURLY);
    api.tick();
    assertThat(jobs()).isEmpty();
    at("13:00:00.004");

    api.tick();
    api.tick();

    assertThat(jobs()).hasSize(1);
    Job job = jobs().get(0);
    assertThat(job.schedule()).contains("hourly");
    assertThat(job.jobType()).isEqualTo("word-count");
    assertThat(job.state()).isEqualTo(JobState.QUEUED);
    assertThat(job.priority()).isEqualTo(7);
    assertThat(job.maxAttempts()).isEqualTo(2);
    assertThat(job.runAt()).isEqualTo(Instant.parse("2026-03-05T13:00:00Z"));
    assertThat(job.createdAt()).isEqualTo(Instant.parse("2026-03-05T13:00:00.004Z"));
    assertThat(store.worker().start().input()).asString().isEqualTo("of the schedule");
    assertThat(api.created()).isEqualTo(1);
    assertThat(state("hourly").lastJobId()).contains(job.id());
  }

  @Test
  void itSleepsUntilTheNextMomentButNotForLong() {
    Api api = api(HOURLY, schedule("noon", "0 12 * * *", "UTC", Duration.ofHours(1)));
    assertThat(api.scheduler().pause()).isEqualTo(Api.MAX_PAUSE);
    at("12:59:58");
    api.tick();

    assertThat(api.scheduler().pause()).isEqualTo(Duration.ofSeconds(2));
    at("12:59:50");
    assertThat(api.scheduler().pause()).isEqualTo(Api.MAX_PAUSE);
    at("13:00:01");
    assertThat(api.scheduler().pause()).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void afterAFailureItWaits() {
    Api api = api(HOURLY);
    api.tick();
    at("13:00:00");

    store.without("jobs", () -> assertThatThrownBy(api::tick).isInstanceOf(RuntimeException.class));

    assertThat(api.scheduler().pause()).isEqualTo(Api.MAX_PAUSE);
    api.tick();
    assertThat(jobs()).hasSize(1);
  }

  @Test
  void metricsSayWhetherTheSchedulesCanBeRead() {
    String success = "metrics_bridge_collector_success{collector=\"schedules\"}";
    Api api = api(HOURLY);
    api.tick();

    store.without(
        "schedules",
        () -> assertThatThrownBy(api.scheduler()::look).isInstanceOf(RuntimeException.class));
    assertThat(api.scrape().value(success)).isZero();

    api.scheduler().look();
    assertThat(api.scrape().value(success)).isEqualTo(1);
  }

  @Test
  void afterAnOutageTheMomentsWithinCatchUpAreCaughtUpAndOlderOnesAreCounted() {
    api(HOURLY).tick();
    at("17:30:00");
    Api api = api(HOURLY);

    try (CapturedLog log = CapturedLog.of(Scheduler.class.getPackage())) {
      api.tick();

      assertThat(log.messages())
          .anyMatch(line -> line.contains("Schedule hourly has missed 3 runs; 2 are caught up."));
    }
    assertThat(jobs())
        .extracting(Job::runAt)
        .containsExactlyInAnyOrder(
            Instant.parse("2026-03-05T16:00:00Z"), Instant.parse("2026-03-05T17:00:00Z"));
    assertThat(api.scrape().value("ss_schedule_missed_total{schedule=\"hourly\"}")).isEqualTo(3);
    assertThat(state("hourly").missed()).isEqualTo(3);
  }

  @Test
  void aChangedScheduleMakesNoJobForThePast() {
    api(HOURLY).tick();
    at("17:30:00");

    Api changed = api(schedule("hourly", "15 * * * *", "UTC", Duration.ofHours(2)));
    changed.tick();
    assertThat(jobs()).isEmpty();
    assertThat(state("hourly").missed()).isZero();

    at("18:15:00");
    changed.tick();
    assertThat(jobs()).hasSize(1);
  }

  @Test
  void anApiWhoseScheduleIsNoLongerInForceMakesNoJobsAndSaysSo() {
    Api before = api(HOURLY);
    before.tick();
    Api changed = api(schedule("hourly", "15 * * * *", "UTC", Duration.ofHours(2)));
    changed.tick();
    at("13:00:00");

    try (CapturedLog log = CapturedLog.of(Scheduler.class.getPackage())) {
      before.tick();
      before.tick();

      assertThat(
              log.messages().stream()
                  .filter(line -> line.contains("makes no jobs of schedule hourly")))
          .hasSize(1);
    }
    assertThat(jobs()).isEmpty();
    assertThat(before.scheduler().last().get(0).timetable().cron()).isEqualTo("15 * * * *");
  }

  @Test
  void aRemovedScheduleStopsAlsoInAnApiThatStillHasIt() {
    Api before = api(HOURLY);
    before.tick();
    api().tick();
    at("13:00:00");

    before.tick();

    assertThat(jobs()).isEmpty();
    assertThat(before.scheduler().last().get(0).nextAt()).isEmpty();
    assertThat(before.scrape().named("ss_schedule_next_timestamp_seconds")).isEmpty();
  }

  @Test
  void aScheduleThatComesBackIsDueFromThenOn() {
    api(HOURLY).tick();
    api().tick();
    at("17:30:00");

    api(HOURLY).tick();

    assertThat(jobs()).isEmpty();
    assertThat(state("hourly").missed()).isZero();
  }

  @Test
  void aClockThatGoesBackMakesNoMomentDueAgain() {
    Api api = api(HOURLY);
    api.tick();
    at("13:00:00");
    api.tick();
    at("12:59:59");
    api.tick();
    at("13:00:01");
    api.tick();

    assertThat(jobs()).hasSize(1);
  }

  @Test
  void theJobsOfAPausedTypeAreMadeAndWait() {
    Api api = api(HOURLY);
    api.tick();
    new PausedTypes(store.database()).pause("word-count", START, Optional.empty());
    at("13:00:00");

    api.tick();

    assertThat(jobs()).hasSize(1);
    assertThat(state("hourly").missed()).isZero();
  }

  @Test
  void aDefectInOneScheduleHoldsUpNoOther() {
    Schedule first = schedule("a", "0 * * * *", "UTC", Duration.ofHours(2));
    Api api = api(first, HOURLY);
    api.tick();
    at("13:00:00");
    store.sql(
        "create trigger refuse before insert on jobs when new.schedule = 'a'"
            + " begin select raise(abort, 'refused'); end");

    assertThatThrownBy(api::tick).isInstanceOf(RuntimeException.class);

    store.clock().advance(Duration.ofSeconds(9));
    assertThat(api.scrape().value("ss_schedule_next_timestamp_seconds{schedule=\"a\"}"))
        .as("late")
        .isEqualTo(ONE_O_CLOCK);
    assertThat(jobs()).extracting(job -> job.schedule().orElseThrow()).containsExactly("hourly");
  }

  @Test
  void aLockOnOneScheduleHoldsUpNoOther() throws Exception {
    Schedule first = schedule("a", "0 * * * *", "UTC", Duration.ofHours(2));
    try (PostgresServer server = PostgresServer.temporary();
        TestStore postgres = TestStore.open(impatient(server))) {
      postgres.clock().set(START);
      Api api = new Api(postgres, postgres.clock(), first, HOURLY);
      api.tick();
      postgres.clock().advance(Duration.ofHours(1));
      try (Connection somebody = server.connect(PostgresServer.USER);
          Statement statement = somebody.createStatement()) {
        somebody.setAutoCommit(false);
        statement.execute("select 1 from schedules where name = 'a' for update");

        assertThatThrownBy(api::tick).isInstanceOf(DatabaseUnavailableException.class);
      }

      assertThat(postgres.schedules().all().get("hourly").lastDueAt()).isPresent();
      assertThat(postgres.schedules().all().get("a").lastDueAt()).isEmpty();
      api.tick();
      assertThat(postgres.schedules().all().get("a").lastDueAt()).isPresent();
    }
  }

  private static DatabaseSettings impatient(PostgresServer server) {
    return new DatabaseSettings(
        server.url(PostgresServer.USER),
        PostgresServer.USER,
        "",
        2,
        2,
        Duration.ofSeconds(10),
        Duration.ofSeconds(1));
  }

  @Test
  void whileAnotherTransactionHoldsItUpItIsKnownWhatIsLate() throws Exception {
    Api api = api(HOURLY);
    api.tick();
    at("13:00:00");
    try (Connection somebody =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ss.db"));
        Statement statement = somebody.createStatement()) {
      statement.execute("begin immediate");
      CompletableFuture<Void> run = CompletableFuture.runAsync(api::tick);
      store.clock().advance(Duration.ofMinutes(3));

      api.scheduler().look();

      assertThat(api.scrape().value("ss_schedule_next_timestamp_seconds{schedule=\"hourly\"}"))
          .isEqualTo(ONE_O_CLOCK);
      assertThat(run).isNotDone();
      statement.execute("rollback");
      run.join();
    }
    assertThat(jobs()).hasSize(1);
  }

  @Test
  void anApiThatStartsAndCannotWriteKnowsAllTheSameWhatIsLate() {
    api(HOURLY).tick();
    at("13:30:00");
    Api api = api(HOURLY);
    store.sql(
        "create trigger refuse before insert on schedules"
            + " begin select raise(abort, 'refused'); end");

    assertThatThrownBy(api::tick).isInstanceOf(RuntimeException.class);
    api.scheduler().look();

    assertThat(api.scrape().value("ss_schedule_next_timestamp_seconds{schedule=\"hourly\"}"))
        .isEqualTo(ONE_O_CLOCK);
  }

  @Test
  void metricsSayWhenItIsDueAndWhenAJobLastSucceeded() {
    Api api = api(HOURLY);
    api.tick();
    assertThat(api.scrape().value("ss_schedule_next_timestamp_seconds{schedule=\"hourly\"}"))
        .isEqualTo(ONE_O_CLOCK);
    assertThat(api.scrape().named("ss_schedule_last_success_timestamp_seconds")).isEmpty();
    assertThat(api.scrape().value("ss_schedule_missed_total{schedule=\"hourly\"}")).isZero();
    at("13:00:00");
    api.tick();
    store
        .worker()
        .start()
        .finish(
            RunResult.exited(0, Output.empty(), Output.empty()),
            new NextStep.Finish(JobState.SUCCEEDED));

    api.tick();

    assertThat(
            api.scrape().value("ss_schedule_last_success_timestamp_seconds{schedule=\"hourly\"}"))
        .isEqualTo(ONE_O_CLOCK);
    assertThat(store.rows("schedules").get(0).get("last_success_at"))
        .as("kept, for when the job is deleted")
        .isNotNull();
    store.clock().advance(Duration.ofSeconds(16));
    assertThat(api.scrape().named("ss_schedule_next_timestamp_seconds")).as("too old").isEmpty();
  }

  @Test
  void afterItIsClosedItMakesNoJobs() {
    Api api = api(HOURLY);
    api.tick();
    api.scheduler().close(Duration.ofSeconds(1));
    at("13:00:00");

    api.tick();

    assertThat(jobs()).isEmpty();
  }
}
