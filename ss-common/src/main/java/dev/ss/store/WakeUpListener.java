package dev.ss.store;

import io.dropwizard.lifecycle.Managed;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears on a connection of its own that jobs have been queued, and has a worker look for them. On
 * SQLite it does nothing. While the connection is broken the worker's looking at intervals is
 * enough; it is opened again as soon as that works.
 */
public final class WakeUpListener implements Managed {
  /** As the server's list of connections has it. */
  static final String CONNECTION_NAME = "ss-wake-ups";

  private static final Logger LOG = LoggerFactory.getLogger(WakeUpListener.class);

  /** A connection that has been silent for so long is asked whether it is still one. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private static final int ANSWER_SECONDS = 5;

  /**
   * What one process takes for now may still be ahead for another, by as much as their ideas of the
   * database's time differ. After this it is not.
   */
  private static final Duration CLOCK_ERROR = Duration.ofMillis(50);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Database database;
  private final Predicate<String> offered;
  private final Runnable wake;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Connection current;
  private Duration pause = FIRST_PAUSE;
  private boolean lost;

  /**
   * Hears of the jobs of this database.
   *
   * @param offered whether the worker runs jobs of this type
   * @param wake has the worker look for jobs; must not wait
   */
  public WakeUpListener(Database database, Predicate<String> offered, Runnable wake) {
    this.database = database;
    this.offered = offered;
    this.wake = wake;
  }

  @Override
  public void start() {
    if (database.dialect() == Dialect.POSTGRESQL) {
      Thread thread = new Thread(this::run, "wake-up-listener");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Ends the connection without waiting for anything. */
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
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
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
        LOG.warn(
            "Wake-ups do not arrive, and jobs are found by looking: {}",
            DatabaseUnavailableException.explaining(e).getMessage());
        lost = true;
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + WakeUps.CHANNEL);
    }
    pause = FIRST_PAUSE;
    if (lost) {
      LOG.info("Wake-ups arrive again.");
      lost = false;
    }
    // For what was queued before.
    wake.run();
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
          wake.run();
        } else {
          requireAnswer(connection);
        }
        again = false;
      } else if (Stream.of(heard).map(PGNotification::getParameter).anyMatch(offered)) {
        wake.run();
        again = true;
      }
    }
  }

  private static void requireAnswer(Connection connection) throws SQLException {
    if (!connection.isValid(ANSWER_SECONDS)) {
      throw new SQLException("the connection is dead", "08006");
    }
  }
}
