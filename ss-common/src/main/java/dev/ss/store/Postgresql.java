package dev.ss.store;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** PostgreSQL: workers claim jobs with row locks, and {@code notify} wakes workers. */
final class Postgresql implements Dialect {
  static final String URL_PREFIX = "jdbc:postgresql:";

  /** Longer than statement_timeout, so that the server's error arrives first. */
  private static final Duration SOCKET_TIMEOUT_MARGIN = Duration.ofSeconds(5);

  /**
   * After this long the server releases the row locks of a frozen or disconnected process; less
   * than a lease.
   */
  private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(10);

  /** In pages of 8 KiB; PostgreSQL's own default for the pages that its checkpointer writes. */
  private static final int FLUSH_AFTER_PAGES = 32;

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
        // The detail of a server error quotes the values of rows, which must not reach a log.
        "logServerErrorDetail", "false");
  }

  /** Rounds up, because the driver takes whole seconds and treats 0 as no limit. */
  private static String seconds(Duration duration) {
    return Long.toString(duration.plusMillis(999).toSeconds());
  }

  /**
   * Sets the time limits and the planner settings of a session. A query sets them because {@code
   * options} in the URL would replace the connection's {@code options} as a whole. The query keeps
   * a setting that the URL, the user or the database specifies.
   *
   * <p>{@code jit} is off: with many job types the planner overestimates the cost of a claim so
   * much that it compiles the claim, which takes 30 ms each time. Plans are generic, because
   * planning a claim takes longer than running it. {@code enable_seqscan} is off: a generic plan
   * that was made while the queue was empty would scan whole tables, however long they have become.
   *
   * <p>{@code backend_flush_after} is off by default. Then what large inputs and outputs write
   * piles up in the operating system's cache until a checkpoint, and each commit meanwhile waits
   * for a disk that writes all of it at once.
   */
  @Override
  public Optional<String> initializationQuery(DatabaseSettings settings) {
    return Optional.of(
        Sql.with(
            """
            select set_config(name,
              case name when 'statement_timeout' then '%d'
                when 'idle_in_transaction_session_timeout' then '%d'
                when 'plan_cache_mode' then 'force_generic_plan'
                when 'backend_flush_after' then '%d' else 'off' end, false)
            from pg_settings
            where name in ('statement_timeout', 'idle_in_transaction_session_timeout',
                'plan_cache_mode', 'jit', 'enable_seqscan', 'backend_flush_after')
              and source in ('default', 'configuration file')
            """,
            settings.statementTimeout().toMillis(),
            IDLE_IN_TRANSACTION.toMillis(),
            FLUSH_AFTER_PAGES));
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
