package dev.ss.store;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** What differs between the databases that SS supports, SQLite and PostgreSQL. */
interface Dialect {
  /**
   * Returns the dialect for a JDBC URL.
   *
   * @throws DatabaseUnavailableException if SS does not support the database of the URL
   */
  static Dialect of(String url) {
    if (url.startsWith(Sqlite.URL_PREFIX)) {
      return new Sqlite();
    }
    if (url.startsWith(Postgresql.URL_PREFIX)) {
      return new Postgresql();
    }
    throw new DatabaseUnavailableException(
        "it must begin with jdbc:sqlite: or jdbc:postgresql:, as in jdbc:sqlite:data/ss.db");
  }

  String driverClass();

  /** The driver's connection properties. The same properties in the URL override them. */
  Map<String, String> connectionProperties(DatabaseSettings settings);

  /** The query that the pool runs first on each new connection. */
  Optional<String> initializationQuery(DatabaseSettings settings);

  /**
   * A statement that makes the database plan each query in the rest of a transaction for its actual
   * parameter values, where it otherwise uses generic plans.
   */
  Optional<String> planningForValues();

  /** Whether only one connection can write at a time, so that readers need a pool of their own. */
  boolean hasOneWriter();

  /** The database file to watch, or {@link DatabaseFile#none()} for a database server. */
  DatabaseFile file(DatabaseSettings settings);

  /** Creates or migrates the tables. Processes that start together take turns. */
  void migrate(DatabaseSettings settings);

  Transactions transactions(DataSource writers);

  /** The statements that store ends and claim jobs in one commit. */
  TurnStatements turns();

  /** The statements that claim jobs. */
  ClaimStatements claims();

  /** The statements that store ends. */
  EndStatements ends();

  /** The clause to append to a query so that it locks its rows until the transaction ends. */
  String forUpdate();

  /** Like {@link #forUpdate()}, but the query skips rows that another transaction has locked. */
  String forUpdateSkippingLocked();

  /** Creates the sender that tells the workers of a database about queued jobs. */
  WakeUps wakeUps(Database database);

  /** Creates the listener that tells one worker when jobs may have been queued. */
  WakeUpListener wakeUpListener(
      Database database, DatabaseSettings settings, WakeUpListener.Listening listening);

  /**
   * Creates the clock that all processes of a database share.
   *
   * @param machine this machine's clock
   * @throws DatabaseUnavailableException if the database does not answer
   */
  DatabaseClock clock(Database database, Clock machine, LongSupplier nanoTime);
}
