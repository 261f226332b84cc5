package dev.ss.drill.alert;

import static dev.ss.drill.alert.Fault.names;

import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.Storage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;

/** Faults that keep a schedule, which is due every minute, from making its jobs. */
final class ScheduleFaults {
  private static final Duration STATE_LIMIT = Duration.ofMinutes(1);

  /** The shortest that may be configured. */
  private static final Duration CATCH_UP = Duration.ofMinutes(1);

  private static final String EVERY_MINUTE =
      "schedules: {minutely: {cron: \"* * * * *\", jobType: quick, catchUp: %ds}}\n"
          .formatted(CATCH_UP.toSeconds());

  private static final String END_WHAT_BLOCKS =
      """
      select count(pg_terminate_backend(pid)) from pg_stat_activity
      where pid in (select unnest(pg_blocking_pids(pid)) from pg_stat_activity
        where datname = current_database())
      """;

  private ScheduleFaults() {}

  static Stream<Fault> all() {
    return Stream.of(missed(), held());
  }

  private static Fault missed() {
    return new Fault(
        "missed",
        "the API of a schedule that is due every minute killed with SIGKILL, for longer than the"
            + " schedule's catchUp; then started again",
        Faults.ONE_WORKER,
        Faults::steady,
        names("SsApiDown", "SsApiInstanceDown"),
        names("SsScheduleMissedRuns"),
        names(),
        service -> {
          lockScheduleOf(service).close(); // so it is in force
          service.process(Service.API).kill();
          awaitTooLate(Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1)));
          return () -> service.start(Service.API, Map.of());
        });
  }

  private static void awaitTooLate(Instant due) {
    Instant tooLate = due.plus(CATCH_UP);
    Waiting.until(
        () -> "a due moment is older than catchUp",
        CATCH_UP.plusMinutes(2),
        () -> Instant.now().isAfter(tooLate));
  }

  private static Fault held() {
    return new Fault(
        "held",
        "a schedule that is due every minute locked by a transaction that somebody has left open;"
            + " then the transaction ended with pg_terminate_backend",
        Faults.ONE_WORKER,
        Faults::steady,
        names("SsScheduleLate"),
        names(),
        names(),
        service -> {
          Connection somebody = lockScheduleOf(service);
          return () -> {
            endWhatBlocks(service);
            close(somebody);
          };
        });
  }

  /** Gives the API its schedule, and returns the connection whose transaction locks it. */
  private static Connection lockScheduleOf(Service service) throws SQLException {
    service.restart(Service.API, EVERY_MINUTE, Map.of());
    Connection connection = service.storage().connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      Waiting.until(() -> "there is a schedule", STATE_LIMIT, () -> locksSchedule(statement));
    }
    return connection;
  }

  private static boolean locksSchedule(Statement statement) {
    try {
      return statement.executeUpdate("update schedules set missed = missed") == 1;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the transaction as the runbook says: the one for which another waits. */
  private static void endWhatBlocks(Service service) {
    Waiting.until(
        () -> "a transaction that holds others up",
        STATE_LIMIT,
        () -> endedTransactions(service.storage()) > 0);
  }

  private static int endedTransactions(Storage storage) {
    try (Connection connection = storage.connect();
        Statement statement = connection.createStatement();
        ResultSet ended = statement.executeQuery(END_WHAT_BLOCKS)) {
      ended.next();
      return ended.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
