package dev.ss.store;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** SQLite: one file on one machine, with one writer at a time. */
final class Sqlite implements Dialect {
  static final String URL_PREFIX = "jdbc:sqlite:";

  @Override
  public String driverClass() {
    return "org.sqlite.JDBC";
  }

  @Override
  public Map<String, String> connectionProperties(DatabaseSettings settings) {
    return Map.of(
        "journal_mode", "WAL",
        // An acknowledged submission survives a power cut.
        "synchronous", "FULL",
        "busy_timeout", Long.toString(SqliteLockWait.LIMIT.toMillis()),
        // A transaction that reads first and then writes fails with SQLITE_BUSY if another process
        // wrote in between, however long the timeout. IMMEDIATE takes the lock first and waits for
        // it instead.
        "transaction_mode", "IMMEDIATE",
        "foreign_keys", "true",
        // No statement asks for them, and the driver would look for them after each insert.
        "jdbc.get_generated_keys", "false",
        // Opens the file to read and write, but does not create it. If the file is gone, a new one
        // would be empty, and SQLite would delete the write-ahead log of the missing one.
        "open_mode", "2");
  }

  @Override
  public Optional<String> initializationQuery(DatabaseSettings settings) {
    return Optional.empty();
  }

  @Override
  public Optional<String> planningForValues() {
    return Optional.empty();
  }

  @Override
  public boolean hasOneWriter() {
    return true;
  }

  @Override
  public DatabaseFile file(DatabaseSettings settings) {
    return DatabaseFile.at(path(settings));
  }

  @Override
  public void migrate(DatabaseSettings settings) {
    Migrations.migrateFile(path(settings), settings, connectionProperties(settings));
  }

  /**
   * Returns the database file.
   *
   * @throws DatabaseUnavailableException if the URL does not name a file that two processes can
   *     share
   */
  private static Path path(DatabaseSettings settings) {
    String path = settings.url().substring(URL_PREFIX.length());
    int options = path.indexOf('?');
    String name = options < 0 ? path : path.substring(0, options);
    if (name.isBlank() || name.startsWith(":") || name.startsWith("file:")) {
      throw new DatabaseUnavailableException(
          "a SQLite database must be a plain file, which the API and the worker share");
    }
    return Path.of(name);
  }

  @Override
  public Transactions transactions(DataSource writers) {
    KeptStatements statements = new KeptStatements();
    return new SqliteTransactions(
        Database.jdbi(writers)
            .installPlugin(new SqliteLockWait())
            .setStatementBuilderFactory(connection -> statements));
  }

  @Override
  public TurnStatements turns() {
    return new SqliteTurn();
  }

  @Override
  public ClaimStatements claims() {
    return new SqliteClaims();
  }

  @Override
  public EndStatements ends() {
    return new SqliteEnds();
  }

  /** Empty, because a transaction locks the whole file. */
  @Override
  public String forUpdate() {
    return "";
  }

  @Override
  public String forUpdateSkippingLocked() {
    return "";
  }

  /** None, because workers notice that the file has changed. */
  @Override
  public WakeUps wakeUps(Database database) {
    return WakeUps.NONE;
  }

  @Override
  public WakeUpListener wakeUpListener(
      Database database, DatabaseSettings settings, WakeUpListener.Listening listening) {
    return new FileChangeListener(path(settings), listening);
  }

  @Override
  public DatabaseClock clock(Database database, Clock machine, LongSupplier nanoTime) {
    return new MachineClock(machine);
  }
}
