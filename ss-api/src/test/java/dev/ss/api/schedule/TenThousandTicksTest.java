package dev.ss.api.schedule;

import static dev.ss.api.schedule.Api.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Schedule;
import dev.ss.store.DatabaseSettings;
import dev.ss.store.TestStore;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.unit.SettableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The schedulers of two APIs on one database, for eight months with both changes of hour. The
 * connections of the first fail now and then; either is started anew now and then.
 */
class TenThousandTicksTest {
  /** For each of the two databases. */
  private static final int TICKS = Integer.getInteger("schedule.ticks", 5_000);

  /** Eight; in them is each change of hour of the zones. */
  private static final Duration MONTHS = Duration.ofDays(243);

  private static final Instant START = Instant.parse("2026-03-01T00:00:30Z");
  private static final Duration LONGEST_STEP = MONTHS.multipliedBy(2).dividedBy(TICKS);
  private static final Duration CATCH_UP = Duration.ofDays(7);

  private static final Schedule[] SCHEDULES = {
    schedule("hourly-berlin", "7 * * * *", "Europe/Berlin", CATCH_UP),
    schedule("berlin", "30 2 * * *", "Europe/Berlin", CATCH_UP),
    schedule("london", "15 1 * * *", "Europe/London", CATCH_UP),
    schedule("new-york", "30 1 * * *", "America/New_York", CATCH_UP),
    schedule("santiago", "0 0 * * *", "America/Santiago", CATCH_UP),
    schedule("lord-howe", "45 1 * * *", "Australia/Lord_Howe", CATCH_UP)
  };

  private final SettableClock clock = new SettableClock();
  private final Random random = new Random(20_261_025);
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private int failures;

  @Test
  void onPostgresqlEachDueMomentMakesOneJob() throws Exception {
    try (PostgresServer server = PostgresServer.temporary()) {
      eachDueMomentMakesOneJob(settings(server.url(server.newDatabase()), PostgresServer.USER));
    }
  }

  /** Without waiting for the disk, which is not what this is about. */
  @Test
  void onSqliteEachDueMomentMakesOneJob(@TempDir Path directory) throws Exception {
    eachDueMomentMakesOneJob(
        settings("jdbc:sqlite:" + directory.resolve("ss.db") + "?synchronous=OFF", ""));
  }

  private static DatabaseSettings settings(String url, String user) {
    Duration patience = Duration.ofSeconds(30);
    return new DatabaseSettings(url, user, "", 2, 2, patience, patience);
  }

  private void eachDueMomentMakesOneJob(DatabaseSettings settings) throws Exception {
    clock.set(START);
    try (TestStore failing = TestStore.open(settings, new FailingPool(1)::around);
        TestStore sound = TestStore.open(settings)) {
      List<TestStore> stores = List.of(failing, sound);
      List<Api> apis = new ArrayList<>(stores.stream().map(this::api).toList());
      tick(apis.get(1));
      for (int i = 0; i < TICKS; i++) {
        clock.advance(Duration.ofMillis(random.nextLong(LONGEST_STEP.toMillis())));
        if (random.nextInt(200) == 0) {
          int which = random.nextInt(2);
          apis.set(which, api(stores.get(which)));
        }
        tickSome(apis);
      }
      tick(apis.get(1));

      assertThat(made(settings)).isEqualTo(due(clock.instant()));
      assertThat(failures)
          .as("of the first API, which goes on after each")
          .isBetween(TICKS / 50, TICKS / 5);
      assertThat(sound.schedules().all().values())
          .hasSize(SCHEDULES.length)
          .allSatisfy(state -> assertThat(state.missed()).isZero());
    } finally {
      threads.shutdown();
    }
  }

  private Api api(TestStore store) {
    return new Api(store, clock, SCHEDULES);
  }

  private void tickSome(List<Api> apis) throws Exception {
    switch (random.nextInt(4)) {
      case 0 -> tick(apis.get(0));
      case 1 -> tick(apis.get(1));
      default -> {
        Future<?> other = threads.submit(() -> tick(apis.get(0)));
        tick(apis.get(1));
        other.get();
      }
    }
  }

  private void tick(Api api) {
    try {
      api.tick();
    } catch (RuntimeException e) {
      failed();
    }
  }

  private synchronized void failed() {
    failures++;
  }

  /** The due moments of the jobs, by schedule. */
  private static Map<String, List<Instant>> made(DatabaseSettings settings) throws SQLException {
    Map<String, List<Instant>> made = new TreeMap<>();
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select schedule, run_at from jobs order by run_at")) {
      while (rows.next()) {
        made.computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
            .add(rows.getTimestamp(2).toInstant());
      }
    }
    return made;
  }

  /** The due moments of each schedule, looked for another way than by its timetable. */
  private static Map<String, List<Instant>> due(Instant end) {
    return new TreeMap<>(
        Map.of(
            "hourly-berlin", everyHour(7, "Europe/Berlin", end),
            "berlin", everyDay("02:30", "Europe/Berlin", end),
            "london", everyDay("01:15", "Europe/London", end),
            "new-york", everyDay("01:30", "America/New_York", end),
            "santiago", everyDay("00:00", "America/Santiago", end),
            "lord-howe", everyDay("01:45", "Australia/Lord_Howe", end)));
  }

  private static List<Instant> everyHour(int minute, String zone, Instant end) {
    List<Instant> due = new ArrayList<>();
    Instant first = START.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    for (Instant at = first; !at.isAfter(end); at = at.plus(1, ChronoUnit.MINUTES)) {
      if (at.atZone(ZoneId.of(zone)).getMinute() == minute) {
        due.add(at);
      }
    }
    return due;
  }

  private static List<Instant> everyDay(String time, String zoneName, Instant end) {
    ZoneId zone = ZoneId.of(zoneName);
    List<Instant> due = new ArrayList<>();
    LocalDate last = LocalDate.ofInstant(end, zone);
    for (LocalDate day = LocalDate.ofInstant(START, zone);
        !day.isAfter(last);
        day = day.plusDays(1)) {
      Instant at = first(day, LocalTime.parse(time), zone);
      if (at.isAfter(START) && !at.isAfter(end)) {
        due.add(at);
      }
    }
    return due;
  }

  /** The first moment of the day at which its clock shows this time or a later one. */
  private static Instant first(LocalDate day, LocalTime time, ZoneId zone) {
    Instant at = day.atStartOfDay().toInstant(ZoneOffset.UTC).minus(15, ChronoUnit.HOURS);
    while (at.atZone(zone).toLocalDateTime().isBefore(day.atTime(time))) {
      at = at.plus(5, ChronoUnit.MINUTES);
    }
    return at;
  }
}
