package dev.ss.store;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** What differs between the databases SS runs on. */
interface Dialect {
  /**
   * The dialect of a JDBC URL.
   *
   * @throws DatabaseUnavailableException if SS does not run on such a database
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

  /** What the driver is told unless the URL says otherwise. */
  Map<String, String> connectionProperties(DatabaseSettings settings);

  /** The first query of each pooled connection. */
  Optional<String> initializationQuery(DatabaseSettings settings);

  /**
   * A statement that has the rest of a transaction planned for the values it is given, where plans
   * are otherwise made for any values.
   */
  Optional<String> planningForValues();

  /** Whether one connection writes at a time, so that readers need connections of their own. */
  boolean hasOneWriter();

  /** The file to watch, where the database is a file of this machine. */
  DatabaseFile file(DatabaseSettings settings);

  /** Creates or migrates the tables; processes that start together take turns. */
  void migrate(DatabaseSettings settings);

  Transactions transactions(DataSource writers);

  /** The statements that store ends and claim jobs with one commit. */
  TurnStatements turns();

  /** The statements that claim jobs. */
  ClaimStatements claims();

  /** The statements that store ends. */
  EndStatements ends();

  /** What to append to a query so that it locks its rows until the transaction ends. */
  String forUpdate();

  /** Like {@link #forUpdate()}, and skips rows that another transaction has locked. */
  String forUpdateSkippingLocked();

  /** Announces jobs to the workers of a database. */
  WakeUps wakeUps(Database database);

  /** Tells one worker of jobs that may have been queued. */
  WakeUpListener wakeUpListener(
      Database database, DatabaseSettings settings, WakeUpListener.Listening listening);

  /**
   * The time that all processes of a database go by.
   *
   * @param machine this machine's clock
   * @throws DatabaseUnavailableException if the database does not answer
   */
  DatabaseClock clock(Database database, Clock machine, LongSupplier nanoTime);
}
