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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Properties;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.tomcat.jdbc.pool.DataSourceProxy;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/**
 * An open, migrated database.
 *
 * <p>SQLite has one writer. Each process writes through a single connection, and its threads queue
 * for it, because several connections that compete for the file lock starve each other. Readers
 * have their own connections and never wait for the writer. On PostgreSQL, readers and writers
 * share one pool.
 */
public final class Database implements Managed {
  private static final int VALIDATION_SECONDS = 2;

  /**
   * Maximum attempts of a transaction that PostgreSQL aborts to resolve a deadlock or a conflict.
   */
  private static final int MAX_ATTEMPTS = 5;

  private final Dialect dialect;
  private final DatabaseSettings settings;
  private final DatabaseFile file;
  private final ManagedDataSource writers;
  private final ManagedDataSource readers;
  private final List<ConnectionPool> pools = new ArrayList<>();
  private final Transactions transactions;
  private final Jdbi writes;
  private final Jdbi reads;
  private final WakeUps wakeUps;
  private final BulkLane bulk = new BulkLane();

  private Database(
      Dialect dialect, DatabaseSettings settings, UnaryOperator<ManagedDataSource> around) {
    this.dialect = dialect;
    this.settings = settings;
    this.file = dialect.file(settings);
    if (dialect.hasOneWriter()) {
      this.writers = around.apply(pool("write", 1));
      this.readers = around.apply(pool("read", settings.readers()));
    } else {
      this.writers = around.apply(pool("main", settings.writers() + settings.readers()));
      this.readers = writers;
    }
    this.transactions = dialect.transactions(writers);
    this.writes = jdbi(writers);
    this.reads = jdbi(readers);
    this.wakeUps = dialect.wakeUps(this);
  }

  /**
   * Creates the database if it is missing, migrates it and creates its connection pools.
   *
   * @throws DatabaseUnavailableException with a message for the operator
   */
  public static Database open(DatabaseSettings settings) {
    return open(settings, UnaryOperator.identity());
  }

  /**
   * Opens the database like {@link #open(DatabaseSettings)}, but wraps its pools.
   *
   * @param around wraps each connection pool
   */
  static Database open(DatabaseSettings settings, UnaryOperator<ManagedDataSource> around) {
    Dialect dialect = Dialect.of(settings.url());
    dialect.migrate(settings);
    return new Database(dialect, settings, around);
  }

  private ManagedDataSource pool(String name, int size) {
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
    // Without a query the pool calls Connection.isValid, whose timeout also holds if the server is
    // silent.
    factory.setValidationQuery(null);
    factory.setValidationQueryTimeout(Duration.seconds(VALIDATION_SECONDS));
    factory.setCheckConnectionOnBorrow(true);
    factory.setValidationInterval(Duration.seconds(1));
    factory.setAutoCommentsEnabled(false);
    // Dropwizard registers gauges of the pool; SS's own read the pools that this class lists.
    ManagedDataSource source = factory.build(new MetricRegistry(), name);
    if (source instanceof DataSourceProxy pool) {
      // The statement facade calls every method by reflection, only to give statements an equals().
      pool.setUseStatementFacade(false);
      pools.add(new ConnectionPool(name, pool));
    }
    return source;
  }

  static Jdbi jdbi(javax.sql.DataSource dataSource) {
    Jdbi jdbi = Jdbi.create(dataSource);
    // By default the message of a failed statement contains its arguments: inputs and outputs.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  /** The connection pools of this process. */
  public List<ConnectionPool> pools() {
    return List.copyOf(pools);
  }

  Dialect dialect() {
    return dialect;
  }

  /** Returns the clock that all processes of this database share. */
  public DatabaseClock clock(Clock machine) {
    return clock(machine, System::nanoTime);
  }

  DatabaseClock clock(Clock machine, LongSupplier nanoTime) {
    return dialect.clock(this, machine, nanoTime);
  }

  /** Creates a listener for queued jobs. The caller starts it. */
  public WakeUpListener wakeUpListener(WakeUpListener.Listening listening) {
    return dialect.wakeUpListener(this, settings, listening);
  }

  /** Returns the sender that tells the workers of this database about queued jobs. */
  WakeUps wakeUps() {
    return wakeUps;
  }

  /**
   * Opens a connection outside the pools. The caller closes it.
   *
   * @param name the application name, which the server lists with the connection
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
   * Runs work in a transaction. If PostgreSQL aborts the transaction to resolve a deadlock or a
   * conflict with another one, runs the work again from the start.
   *
   * @param work may run several times, so its effects outside the database must be repeatable
   * @return the result of the work, after the commit
   * @throws DatabaseUnavailableException if the transaction was not committed, or its outcome is
   *     unknown
   */
  <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
    return retrying(() -> transactions.inTransaction(work));
  }

  /** Runs work on a chunk of a large input or output in a transaction, when it is its turn. */
  <T> T inBulkTransaction(HandleCallback<T, RuntimeException> work) {
    return bulk.pass(() -> inTransaction(work));
  }

  /**
   * Runs one statement that commits by itself. Repeats it in the same cases as {@link
   * #inTransaction}.
   *
   * @throws DatabaseUnavailableException if the statement was not committed, or its outcome is
   *     unknown
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

  /** Runs a query outside a transaction. */
  <T> T read(HandleCallback<T, RuntimeException> query) {
    file.requirePresent();
    try {
      return reads.withHandle(query);
    } catch (JdbiException e) {
      throw file.explaining(e);
    }
  }

  /** Reads a chunk of a large input or output, when it is its turn. */
  <T> T readBulk(HandleCallback<T, RuntimeException> query) {
    return bulk.pass(() -> read(query));
  }

  /**
   * Runs a query with a plan for its actual parameter values. A generic plan would read all jobs to
   * find that none has a rare state.
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
   * Checks that the database answers and that its file is still the one that was opened. Reads and
   * writes rely on the last check of the file, so this must be called at intervals.
   *
   * @throws DatabaseUnavailableException if the database does not answer, or its file is missing,
   *     replaced or damaged
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
