package dev.ss.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import dev.ss.store.Executions.Picking;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What differs between the databases SS runs on. */
enum Dialect {
  SQLITE("org.sqlite.JDBC") {
    @Override
    Map<String, String> connectionProperties(DatabaseSettings settings) {
      return Map.of(
          "journal_mode", "WAL",
          // An acknowledged submission survives a power cut.
          "synchronous", "FULL",
          "busy_timeout", "10000",
          // A transaction that reads first and then writes fails with SQLITE_BUSY when another
          // process wrote in between, however long the timeout; taking the lock first waits
          // instead.
          "transaction_mode", "IMMEDIATE",
          "foreign_keys", "true");
    }

    @Override
    Optional<String> initializationQuery(DatabaseSettings settings) {
      return Optional.empty();
    }

    @Override
    JdbcCustomization schedulerCustomization(Picking picking) {
      return DuePicking.sqlite(picking);
    }

    @Override
    String forUpdate() {
      return ""; // an IMMEDIATE transaction holds the whole file
    }

    @Override
    String forUpdateSkippingLocked() {
      return "";
    }
  },

  POSTGRESQL("org.postgresql.Driver") {
    @Override
    Map<String, String> connectionProperties(DatabaseSettings settings) {
      return Map.of(
          "ApplicationName", "ss",
          "connectTimeout", seconds(settings.connectTimeout()),
          // A server that can still speak has said by then that the statement took too long.
          "socketTimeout", seconds(settings.statementTimeout().plus(SERVERS_ANSWER)),
          "tcpKeepAlive", "true",
          // The server's details quote the values of rows, which must not reach a log.
          "logServerErrorDetail", "false");
    }

    /**
     * Not by the connection's {@code options}, which those in the URL would replace as a whole.
     * What the URL, the user or the database says about these stays.
     *
     * <p>Without {@code jit}: our statements read few rows, and with many types the planner thinks
     * that a pick reads so many that compiling it pays, for 30 ms each time. Without {@code
     * enable_seqscan}: a connection keeps the plans it made while the queue was empty, and with
     * those it would read a table of one page as a whole, however long it has become since.
     */
    @Override
    Optional<String> initializationQuery(DatabaseSettings settings) {
      return Optional.of(
          """
          select set_config(name,
            case name when 'statement_timeout' then '%d'
              when 'idle_in_transaction_session_timeout' then '%d' else 'off' end, false)
          from pg_settings
          where name in ('statement_timeout', 'idle_in_transaction_session_timeout', 'jit',
              'enable_seqscan')
            and source in ('default', 'configuration file')
          """
              .formatted(settings.statementTimeout().toMillis(), IDLE_IN_TRANSACTION.toMillis()));
    }

    @Override
    JdbcCustomization schedulerCustomization(Picking picking) {
      return DuePicking.postgresql(picking);
    }

    @Override
    String forUpdate() {
      return " for update";
    }

    @Override
    String forUpdateSkippingLocked() {
      return " for update skip locked";
    }
  };

  /** Beyond the limit of a statement. */
  private static final Duration SERVERS_ANSWER = Duration.ofSeconds(5);

  /**
   * A process that is frozen or cut off in the midst of a transaction gives its rows back after
   * this, which is less than a worker's lease.
   */
  private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(10);

  private final String driverClass;

  Dialect(String driverClass) {
    this.driverClass = driverClass;
  }

  String driverClass() {
    return driverClass;
  }

  /** What the driver is told unless the URL says otherwise. */
  abstract Map<String, String> connectionProperties(DatabaseSettings settings);

  /** What a pool's connection begins with. */
  abstract Optional<String> initializationQuery(DatabaseSettings settings);

  abstract JdbcCustomization schedulerCustomization(Picking picking);

  /** The end of a query whose rows nobody else may change before this transaction ends. */
  abstract String forUpdate();

  /** The same, and without the rows that somebody else is changing. */
  abstract String forUpdateSkippingLocked();

  /** Rounded up: the driver takes whole seconds, and 0 for no limit. */
  private static String seconds(Duration duration) {
    return Long.toString(duration.plusMillis(999).toSeconds());
  }

  static Dialect of(String url) {
    if (url.startsWith("jdbc:sqlite:")) {
      return SQLITE;
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    throw new DatabaseUnavailableException(
        "it must begin with jdbc:sqlite: or jdbc:postgresql:, as in jdbc:sqlite:data/ss.db");
  }
}
