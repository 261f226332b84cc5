package dev.ss.bench.jobs;

import com.codahale.metrics.MetricRegistry;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.dropwizard.db.ManagedDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * db-scheduler alone. Its one-time tasks are removed when they are complete. Polling strategy,
 * interval, threads, heartbeats and connections are those of SS.
 */
final class BareScheduler implements SideOfComparison {
  static final TaskDescriptor<Void> TASK = TaskDescriptor.of("bare");

  /** One each for polling and heartbeats, and one spare. */
  private static final int HOUSEKEEPING_CONNECTIONS = 3;

  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final ManagedDataSource pool;
  private final Scheduler scheduler;

  /** Runs {@code handler} with the id of each task. */
  BareScheduler(Storage.Place place, int threads, Consumer<String> handler) {
    this(
        shared ->
            Tasks.oneTime(TASK).execute((instance, context) -> handler.accept(instance.getId())),
        place,
        threads);
  }

  private BareScheduler(
      Function<SharedConnection, Task<Void>> task, Storage.Place place, int threads) {
    boolean sqlite = isSqlite(place);
    pool = Pools.open(place, threads + HOUSEKEEPING_CONNECTIONS, new MetricRegistry());
    SharedConnection shared = new SharedConnection(pool);
    SchedulerBuilder builder =
        Scheduler.create(shared.dataSource(), task.apply(shared))
            .jdbcCustomization(customization(sqlite))
            .enablePriority()
            .schedulerName(new SchedulerName.Fixed("bench"))
            .threads(threads)
            .pollingInterval(Duration.ofMillis(200))
            .heartbeatInterval(Duration.ofSeconds(5))
            .missedHeartbeatsLimit(4)
            .shutdownMaxWait(Duration.ofSeconds(10));
    if (sqlite) {
      builder.pollUsingFetch(0.5, 6.0); // the only strategy for SQLite
    } else {
      builder.pollUsingLockAndFetch(0.5, 1.0);
    }
    scheduler = builder.build();
  }

  /** Runs {@code command}, and stores its result in the transaction that removes the task. */
  static BareScheduler storing(
      Storage.Place place, int threads, Supplier<PlainCommand.Output> command) {
    return new BareScheduler(
        shared ->
            Tasks.custom(TASK)
                .execute(
                    (instance, context) -> {
                      PlainCommand.Output result = command.get();
                      return (complete, operations) ->
                          shared.inTransaction(
                              connection -> {
                                store(connection, instance.getId(), result);
                                operations.remove();
                              });
                    }),
        place,
        threads);
  }

  private static void store(Connection connection, String id, PlainCommand.Output result)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into outputs values (?, ?, ?, ?)")) {
      insert.setString(1, id);
      insert.setInt(2, result.exitCode());
      insert.setBytes(3, result.stdout());
      insert.setBytes(4, result.stderr());
      insert.execute();
    }
  }

  /** Returns a client that schedules tasks with these ids for now. */
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

  /** Creates the table with the indexes that db-scheduler's documentation recommends. */
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

  /** Creates the table that {@link #storing} writes to, on PostgreSQL. */
  static void createOutputs(Storage.Place place) {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table outputs (job_id text not null primary key, exit_code integer not null,"
              + " stdout bytea not null, stderr bytea not null)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Queues so many tasks, as if each had been scheduled. */
  static void fill(Storage.Place place, int count) {
    UUID first = UUID.randomUUID();
    ManagedDataSource pool = Pools.open(place, 1, new MetricRegistry());
    client(place, pool).accept(first);
    Failing.loudly(pool::stop);
    new Stock(place)
        .multiply(
            count - 1,
            List.of(
                new Stock.Copies(
                    "scheduled_tasks", "task_instance", first.toString(), Stock.after(first))));
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
