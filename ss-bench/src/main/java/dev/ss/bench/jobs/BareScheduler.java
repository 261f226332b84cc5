package dev.ss.bench.jobs;

import com.codahale.metrics.MetricRegistry;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.dropwizard.db.ManagedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * db-scheduler alone: one-time tasks that are removed when they are complete, with the polling
 * strategy, the interval, the threads, the heartbeats and the connections that SS has.
 */
final class BareScheduler implements SideOfComparison {
  static final TaskDescriptor<Void> TASK = TaskDescriptor.of("bare");

  /** Polling, heartbeats and one to spare. */
  private static final int HOUSEKEEPING_CONNECTIONS = 3;

  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final ManagedDataSource pool;
  private final Scheduler scheduler;

  /** Runs {@code handler} with the id of each task. */
  BareScheduler(Storage.Place place, int threads, Consumer<String> handler) {
    boolean sqlite = isSqlite(place);
    pool = Pools.open(place, threads + HOUSEKEEPING_CONNECTIONS, new MetricRegistry());
    OneTimeTask<Void> task =
        Tasks.oneTime(TASK).execute((instance, context) -> handler.accept(instance.getId()));
    SchedulerBuilder builder =
        Scheduler.create(pool, task)
            .jdbcCustomization(customization(sqlite))
            .enablePriority()
            .schedulerName(new SchedulerName.Fixed("bench"))
            .threads(threads)
            .pollingInterval(Duration.ofMillis(200))
            .heartbeatInterval(Duration.ofSeconds(5))
            .missedHeartbeatsLimit(4)
            .shutdownMaxWait(Duration.ofSeconds(10));
    if (sqlite) {
      builder.pollUsingFetch(0.5, 6.0); // the only one there is
    } else {
      builder.pollUsingLockAndFetch(0.5, 1.0);
    }
    scheduler = builder.build();
  }

  /** Schedules tasks for now; they begin with its creation. */
  static Consumer<UUID> client(Storage.Place place, DataSource pool) {
    SchedulerClient client =
        SchedulerClient.Builder.create(pool)
            .jdbcCustomization(customization(isSqlite(place)))
            .enablePriority()
            .build();
    return id ->
        client.scheduleIfNotExists(TASK.instance(id.toString()).scheduledTo(Instant.now()));
  }

  private static boolean isSqlite(Storage.Place place) {
    return place.section().url().startsWith("jdbc:sqlite:");
  }

  private static JdbcCustomization customization(boolean sqlite) {
    return sqlite ? new SqliteJdbcCustomization() : new PostgreSqlJdbcCustomization(false, false);
  }

  /** Creates the table with the indexes its documentation recommends. */
  static void createTable(Storage.Place place) {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement()) {
      if (isSqlite(place)) {
        statement.execute("pragma journal_mode=wal");
      }
      statement.execute(isSqlite(place) ? SQLITE_TABLE : POSTGRESQL_TABLE);
      statement.execute("create index by_time on scheduled_tasks (execution_time)");
      statement.execute("create index by_heartbeat on scheduled_tasks (last_heartbeat)");
      statement.execute(
          "create index by_priority on scheduled_tasks (priority desc, execution_time asc)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void start() {
    scheduler.start();
  }

  @Override
  public void awaitIdle() {
    Waiting.until(
        () -> scheduler.getCurrentlyExecuting().isEmpty(),
        PATIENCE_NANOS,
        () -> scheduler.getCurrentlyExecuting().size() + " run");
  }

  @Override
  public void close() {
    scheduler.stop();
    Failing.loudly(pool::stop);
  }

  private static final String SQLITE_TABLE =
      """
      create table scheduled_tasks (
        task_name varchar(100) not null, task_instance varchar(100) not null, task_data blob,
        execution_time timestamp not null, picked bit not null, picked_by varchar(50),
        last_success timestamp, last_failure timestamp, consecutive_failures int,
        last_heartbeat timestamp, version bigint not null, priority smallint,
        primary key (task_name, task_instance))
      """;

  private static final String POSTGRESQL_TABLE =
      """
      create table scheduled_tasks (
        task_name text not null, task_instance text not null, task_data bytea,
        execution_time timestamptz not null, picked boolean not null, picked_by text,
        last_success timestamptz, last_failure timestamptz, consecutive_failures int,
        last_heartbeat timestamptz, version bigint not null, priority smallint,
        primary key (task_name, task_instance))
      """;
}
