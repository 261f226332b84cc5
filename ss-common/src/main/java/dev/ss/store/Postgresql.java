package dev.ss.store;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** PostgreSQL: row locks give jobs out, {@code listen} and {@code notify} wake workers. */
final class Postgresql implements Dialect {
  static final String URL_PREFIX = "jdbc:postgresql:";

  /** Longer than statement_timeout, so that the server's error arrives first. */
  private static final Duration SOCKET_TIMEOUT_MARGIN = Duration.ofSeconds(5);

  /** A frozen or cut-off process gives its row locks back after this; less than a lease. */
  private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(10);

  private final ClaimStatements claims = new PostgresqlClaims();
  private final TurnStatements turns = new PostgresqlTurn(claims);
  private final EndStatements ends = new PostgresqlEnds();

  @Override
  public String driverClass() {
    return "org.postgresql.Driver";
  }

  @Override
  public Map<String, String> connectionProperties(DatabaseSettings settings) {
    return Map.of(
        "ApplicationName", "ss",
        "connectTimeout", seconds(settings.connectTimeout()),
        "socketTimeout", seconds(settings.statementTimeout().plus(SOCKET_TIMEOUT_MARGIN)),
        "tcpKeepAlive", "true",
        // The server's details quote the values of rows, which must not reach a log.
        "logServerErrorDetail", "false");
  }

  /** Rounded up: the driver takes whole seconds, and 0 for no limit. */
  private static String seconds(Duration duration) {
    return Long.toString(duration.plusMillis(999).toSeconds());
  }

  /**
   * Sets the limits of a session. Not by the connection's {@code options}, which those in the URL
   * would replace as a whole; what the URL, the user or the database says about these stays.
   *
   * <p>Without {@code jit}: with many job types the planner overestimates a claim so much that it
   * compiles it, for 30 ms each time. With generic plans, because planning a claim takes longer
   * than running it. Without {@code enable_seqscan}: a generic plan that was made while the queue
   * was empty would read whole tables however long they have become.
   */
  @Override
  public Optional<String> initializationQuery(DatabaseSettings settings) {
    return Optional.of(
        Sql.with(
            """
            select set_config(name,
              case name when 'statement_timeout' then '%d'
                when 'idle_in_transaction_session_timeout' then '%d'
                when 'plan_cache_mode' then 'force_generic_plan' else 'off' end, false)
            from pg_settings
            where name in ('statement_timeout', 'idle_in_transaction_session_timeout',
                'plan_cache_mode', 'jit', 'enable_seqscan')
              and source in ('default', 'configuration file')
            """,
            settings.statementTimeout().toMillis(), IDLE_IN_TRANSACTION.toMillis()));
  }

  @Override
  public Optional<String> planningForValues() {
    return Optional.of("set local plan_cache_mode = force_custom_plan");
  }

  @Override
  public boolean hasOneWriter() {
    return false;
  }

  @Override
  public DatabaseFile file(DatabaseSettings settings) {
    return DatabaseFile.none();
  }

  @Override
  public void migrate(DatabaseSettings settings) {
    Migrations.migrate("postgresql", settings, connectionProperties(settings));
  }

  @Override
  public Transactions transactions(DataSource writers) {
    return Transactions.each(Database.jdbi(writers));
  }

  @Override
  public TurnStatements turns() {
    return turns;
  }

  @Override
  public ClaimStatements claims() {
    return claims;
  }

  @Override
  public EndStatements ends() {
    return ends;
  }

  @Override
  public String forUpdate() {
    return " for update";
  }

  @Override
  public String forUpdateSkippingLocked() {
    return " for update skip locked";
  }

  @Override
  public WakeUps wakeUps(Database database) {
    return new NotifyWakeUps(database);
  }

  @Override
  public WakeUpListener wakeUpListener(
      Database database, DatabaseSettings settings, WakeUpListener.Listening listening) {
    return new NotificationListener(database, listening);
  }

  @Override
  public DatabaseClock clock(Database database, Clock machine, LongSupplier nanoTime) {
    return new ServerClock(database, machine, nanoTime);
  }
}
