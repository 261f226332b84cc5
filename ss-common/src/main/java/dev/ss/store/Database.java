package dev.ss.store;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.util.Duration;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Properties;
import java.util.function.UnaryOperator;
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

  private final Dialect dialect;
  private final DatabaseSettings settings;
  private final ManagedDataSource writers;
  private final ManagedDataSource readers;
  private final Transactions transactions;
  private final Jdbi reads;
  private final WakeUps wakeUps;

  private Database(
      Dialect dialect,
      DatabaseSettings settings,
      ManagedDataSource writers,
      ManagedDataSource readers) {
    this.dialect = dialect;
    this.settings = settings;
    this.writers = writers;
    this.readers = readers;
    this.transactions = new Transactions(writers, dialect == Dialect.SQLITE);
    this.reads = jdbi(readers);
    this.wakeUps = new WakeUps(this);
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
   * As above, with something around the connections.
   *
   * @param around what to use in a pool's place
   */
  static Database open(
      DatabaseSettings settings, MetricRegistry metrics, UnaryOperator<ManagedDataSource> around) {
    Dialect dialect = Dialect.of(settings.url());
    Migrations.run(dialect, settings);
    if (dialect == Dialect.SQLITE) {
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
    return factory.build(metrics, name);
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

  Transactions transactions() {
    return transactions;
  }

  /** Tells the workers of this database what has been queued. */
  WakeUps wakeUps() {
    return wakeUps;
  }

  /**
   * A connection that is none of a pool's; whoever asks for it closes it.
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

  /** Runs a query outside transactions. */
  <T> T read(HandleCallback<T, RuntimeException> query) {
    try {
      return reads.withHandle(query);
    } catch (JdbiException e) {
      throw DatabaseUnavailableException.explaining(e);
    }
  }

  /**
   * Asks a table something small.
   *
   * @throws DatabaseUnavailableException if it does not answer
   */
  public void ping() {
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
