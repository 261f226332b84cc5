package dev.ss.store;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.util.Duration;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Properties;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.tomcat.jdbc.pool.PoolConfiguration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/**
 * An open, migrated database.
 *
 * <p>SQLite has one writer: each process writes through a single connection and queues before it,
 * because several connections that compete for the file's lock starve each other. Readers have
 * their own connections and never wait for the writer. On PostgreSQL both are one pool.
 */
public final class Database implements Managed {
  private static final int VALIDATION_SECONDS = 2;

  /** Of a transaction that the database gives up in favour of others. */
  private static final int MAX_ATTEMPTS = 5;

  private final Dialect dialect;
  private final DatabaseSettings settings;
  private final DatabaseFile file;
  private final ManagedDataSource writers;
  private final ManagedDataSource readers;
  private final Transactions transactions;
  private final Jdbi writes;
  private final Jdbi reads;
  private final WakeUps wakeUps;

  private Database(
      Dialect dialect,
      DatabaseSettings settings,
      ManagedDataSource writers,
      ManagedDataSource readers) {
    this.dialect = dialect;
    this.settings = settings;
    this.file = dialect.file(settings);
    this.writers = writers;
    this.readers = readers;
    this.transactions = dialect.transactions(writers);
    this.writes = jdbi(writers);
    this.reads = jdbi(readers);
    this.wakeUps = dialect.wakeUps(this);
  }

  /**
   * Creates what is missing, migrates and opens the database.
   *
   * @throws DatabaseUnavailableException with a reason that can be shown
   */
  public static Database open(DatabaseSettings settings, MetricRegistry metrics) {
    return open(settings, metrics, UnaryOperator.identity());
  }

  /**
   * Opens the database like {@link #open(DatabaseSettings, MetricRegistry)}.
   *
   * @param around wraps each connection pool
   */
  static Database open(
      DatabaseSettings settings, MetricRegistry metrics, UnaryOperator<ManagedDataSource> around) {
    Dialect dialect = Dialect.of(settings.url());
    dialect.migrate(settings);
    if (dialect.hasOneWriter()) {
      return new Database(
          dialect,
          settings,
          around.apply(pool(dialect, settings, 1, metrics, "write")),
          around.apply(pool(dialect, settings, settings.readers(), metrics, "read")));
    }
    ManagedDataSource one =
        around.apply(
            pool(dialect, settings, settings.writers() + settings.readers(), metrics, "main"));
    return new Database(dialect, settings, one, one);
  }

  private static ManagedDataSource pool(
      Dialect dialect, DatabaseSettings settings, int size, MetricRegistry metrics, String name) {
    DataSourceFactory factory = new DataSourceFactory();
    factory.setDriverClass(dialect.driverClass());
    factory.setUrl(settings.url());
    factory.setUser(settings.user());
    factory.setPassword(settings.password());
    factory.setProperties(new LinkedHashMap<>(dialect.connectionProperties(settings)));
    factory.setInitialSize(0);
    factory.setMinSize(1);
    factory.setMaxSize(size);
    factory.setMaxWaitForConnection(Duration.milliseconds(settings.statementTimeout().toMillis()));
    dialect.initializationQuery(settings).ifPresent(factory::setInitializationQuery);
    // Connection.isValid in its place, whose time limit also holds when nothing comes back.
    factory.setValidationQuery(null);
    factory.setValidationQueryTimeout(Duration.seconds(VALIDATION_SECONDS));
    factory.setCheckConnectionOnBorrow(true);
    factory.setValidationInterval(Duration.seconds(1));
    factory.setAutoCommentsEnabled(false);
    ManagedDataSource pool = factory.build(metrics, name);
    if (pool instanceof PoolConfiguration configuration) {
      // The facade sends each call through reflection, to give statements an equals().
      configuration.setUseStatementFacade(false);
    }
    return pool;
  }

  static Jdbi jdbi(javax.sql.DataSource dataSource) {
    Jdbi jdbi = Jdbi.create(dataSource);
    // Without this, a failing statement's message carries its arguments: inputs and outputs.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  Dialect dialect() {
    return dialect;
  }

  /** The time that all processes of this database go by. */
  public DatabaseClock clock(Clock machine) {
    return clock(machine, System::nanoTime);
  }

  DatabaseClock clock(Clock machine, LongSupplier nanoTime) {
    return dialect.clock(this, machine, nanoTime);
  }

  /** Hears of queued jobs, once it is started. */
  public WakeUpListener wakeUpListener(WakeUpListener.Listening listening) {
    return dialect.wakeUpListener(this, settings, listening);
  }

  /** Announces queued jobs to the workers of this database. */
  WakeUps wakeUps() {
    return wakeUps;
  }

  /**
   * Opens a connection outside the pools, which the caller closes.
   *
   * @param name for the list of connections that the server keeps
   */
  Connection connect(String name) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(dialect.connectionProperties(settings));
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("ApplicationName", name);
    return DriverManager.getConnection(settings.url(), properties);
  }

  /**
   * Runs work in a transaction, and again from the start when the database gave the transaction up
   * in favour of another one, such as to resolve a deadlock.
   *
   * @param work what it does outside the database must bear repetition
   * @return its result, once it is committed
   * @throws DatabaseUnavailableException if it was not committed, or nobody can tell
   */
  <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
    return retrying(() -> transactions.inTransaction(work));
  }

  /**
   * Runs one statement that commits by itself, and again like {@link #inTransaction}.
   *
   * @throws DatabaseUnavailableException if it was not committed, or nobody can tell
   */
  <T> T inOneStatement(HandleCallback<T, RuntimeException> statement) {
    return retrying(() -> writes.withHandle(statement));
  }

  private <T> T retrying(Supplier<T> work) {
    file.requirePresent();
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (JdbiException e) {
        RuntimeException failure = file.explaining(e);
        if (attempt == MAX_ATTEMPTS || !isLostToAnotherTransaction(failure)) {
          throw failure;
        }
      }
    }
  }

  private static boolean isLostToAnotherTransaction(RuntimeException failure) {
    return failure instanceof DatabaseUnavailableException unavailable
        && unavailable.isLostToAnotherTransaction();
  }

  /** Runs a query outside transactions. */
  <T> T read(HandleCallback<T, RuntimeException> query) {
    file.requirePresent();
    try {
      return reads.withHandle(query);
    } catch (JdbiException e) {
      throw file.explaining(e);
    }
  }

  /**
   * Runs a query in a transaction of its own, planned for the values it is given. A plan for any
   * values would read all jobs to find that none is in a rare state.
   */
  <T> T readPlannedForValues(HandleCallback<T, RuntimeException> query) {
    return dialect
        .planningForValues()
        .map(setting -> read(handle -> inTransaction(handle, setting, query)))
        .orElseGet(() -> read(query));
  }

  private static <T> T inTransaction(
      Handle handle, String setting, HandleCallback<T, RuntimeException> query) {
    return handle.inTransaction(
        same -> {
          same.execute(setting);
          return query.withHandle(same);
        });
  }

  /**
   * Asks a table something small, after a look at whether the file is still the one that was
   * opened. Somebody asks at intervals: what this finds is what all reads and writes go by.
   *
   * @throws DatabaseUnavailableException if it does not answer
   */
  public void ping() {
    file.look();
    read(handle -> handle.createQuery("select count(*) from workers").mapTo(Integer.class).one());
  }

  @Override
  public void start() throws Exception {
    writers.start();
    if (readers != writers) {
      readers.start();
    }
    wakeUps.start();
  }

  @Override
  public void stop() throws Exception {
    wakeUps.stop();
    writers.stop();
    if (readers != writers) {
      readers.stop();
    }
  }
}
