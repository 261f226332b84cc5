package dev.ss.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears PostgreSQL's notifications of queued jobs on a connection of its own, which it replaces
 * when it breaks. Behind a pooler none can arrive, and it says so.
 */
final class NotificationListener implements WakeUpListener {
  /** As the server's list of connections has it. */
  static final String CONNECTION_NAME = "ss-wake-ups";

  private static final Logger LOG = LoggerFactory.getLogger(NotificationListener.class);

  /** After this long without a message the connection is tested. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private static final int ANSWER_SECONDS = 5;

  /**
   * Two processes' estimates of the database's time may differ by this much, and a job's run_at be
   * ahead of the worker's now. So the worker looks a second time after it.
   */
  private static final Duration CLOCK_ERROR = Duration.ofMillis(50);

  private static final Duration INITIAL_PAUSE = Duration.ofMillis(100);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  private final Database database;
  private final Listening listening;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Connection current;
  private Duration pause = INITIAL_PAUSE;
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

  private static void abort(Connection connection) {
    try {
      if (connection != null) {
        connection.abort(Runnable::run);
      }
    } catch (SQLException e) {
      LOG.debug("The connection for wake-ups could not be ended.", e);
    }
  }

  private void run() {
    try {
      while (!isStopped()) {
        listenUntilBroken();
        stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
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
        LOG.warn("Wake-ups do not arrive, and jobs are found by polling: {}", reason(e));
        lost = true;
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    requireOwnSession(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + NotifyWakeUps.CHANNEL);
    }
    pause = INITIAL_PAUSE;
    if (lost) {
      LOG.info("Wake-ups arrive again.");
      lost = false;
    }
    // For jobs that were queued before.
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
   * A pooler such as PgBouncer may give each transaction another session of the server. {@code
   * listen} then succeeds, and its messages reach whoever uses that session next. A pooler has a
   * process id of its own making.
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

  private static String reason(Exception failure) {
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
