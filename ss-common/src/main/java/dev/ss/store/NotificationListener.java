package dev.ss.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for PostgreSQL's notifications of queued jobs on a connection of its own. It replaces the
 * connection when it breaks. Behind a connection pooler no notification can arrive, and the
 * listener logs that.
 */
final class NotificationListener implements WakeUpListener {
  /** The name of the connection in {@code pg_stat_activity}. */
  static final String CONNECTION_NAME = "ss-wake-ups";

  private static final Logger LOG = LoggerFactory.getLogger(NotificationListener.class);

  /** The listener tests the connection after this long without a notification. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private static final int ANSWER_SECONDS = 5;

  /**
   * The most by which two processes' estimates of the database's time differ. A job's run_at may be
   * ahead of the worker's time by this much, so the worker looks a second time after it.
   */
  private static final Duration CLOCK_ERROR = Duration.ofMillis(50);

  private static final Duration INITIAL_BACKOFF = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

  private final Database database;
  private final Listening listening;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Connection current;
  private Duration backoff = INITIAL_BACKOFF;
  private boolean lost;

  NotificationListener(Database database, Listening listening) {
    this.database = database;
    this.listening = listening;
  }

  @Override
  public void start() {
    Thread thread = new Thread(this::run, "wake-up-listener");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void stop() {
    stopped.countDown();
    abort(current);
  }

  private static void abort(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.abort(Runnable::run);
      }
    } catch (SQLException e) {
      LOG.debug("The connection for wake-ups could not be closed.", e);
    }
  }

  private void run() {
    try {
      while (!isStopped()) {
        listenUntilBroken();
        stopped.await(backoff.toMillis(), TimeUnit.MILLISECONDS);
        Duration next = backoff.multipliedBy(2);
        backoff = next.compareTo(MAX_BACKOFF) < 0 ? next : MAX_BACKOFF;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void listenUntilBroken() {
    try (Connection connection = database.connect(CONNECTION_NAME)) {
      current = connection;
      listen(connection);
    } catch (SQLException | RuntimeException e) {
      if (!lost && !isStopped()) {
        LOG.warn("Wake-ups do not arrive; this worker finds jobs by polling: {}", reason(e));
        lost = true;
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    requireOwnSession(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + NotifyWakeUps.CHANNEL);
    }
    backoff = INITIAL_BACKOFF;
    if (lost) {
      LOG.info("Wake-ups arrive again.");
      lost = false;
    }
    // Jobs may have been queued before this session listened.
    listening.wake().run();
    hear(connection);
  }

  private void hear(Connection connection) throws SQLException {
    PGConnection notified = connection.unwrap(PGConnection.class);
    boolean again = false;
    while (!isStopped()) {
      Duration patience = again ? CLOCK_ERROR : SILENCE;
      PGNotification[] heard = notified.getNotifications(Math.toIntExact(patience.toMillis()));
      if (heard == null || heard.length == 0) {
        if (again) {
          listening.wake().run();
        } else {
          requireAnswer(connection);
        }
        again = false;
      } else if (Stream.of(heard).anyMatch(this::isOffered)) {
        listening.wake().run();
        again = true;
      }
    }
  }

  /**
   * Fails behind a pooler such as PgBouncer, which may give each transaction another session of the
   * server. {@code listen} then succeeds, but the notifications reach the next user of that
   * session. A pooler is recognised by the process id it reports, which is not the server's.
   */
  private static void requireOwnSession(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      if (row.getInt(1) != connection.unwrap(PGConnection.class).getBackendPID()) {
        throw new SharedSessionException();
      }
    }
  }

  private static @Nullable String reason(Exception failure) {
    return failure instanceof SharedSessionException
        ? failure.getMessage()
        : Failures.connecting(failure).getMessage();
  }

  private static final class SharedSessionException extends SQLException {
    private static final long serialVersionUID = 1L;

    SharedSessionException() {
      super("a pooler such as PgBouncer is between SS and the server");
    }
  }

  private boolean isOffered(PGNotification message) {
    return listening.offered().test(message.getParameter());
  }

  private static void requireAnswer(Connection connection) throws SQLException {
    if (!connection.isValid(ANSWER_SECONDS)) {
      throw new SQLException("the connection is dead", "08006");
    }
  }
}
