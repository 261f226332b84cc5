package dev.ss.api.watch;

import dev.ss.boot.Ticker;
import dev.ss.store.Database;
import dev.ss.store.DatabaseUnavailableException;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database every second whether it is there, so that nobody who wants to know waits for
 * it: a database that hangs makes the last answer old, and that is an answer too.
 */
public final class DatabaseProbe implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseProbe.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  private final Database database;
  private final Ticker ticker = new Ticker("database-probe", INTERVAL, this::ask);
  private volatile long lastAnswerNanos = System.nanoTime();
  private volatile boolean answered = true;

  /** Asks this database, which has just been opened. */
  public DatabaseProbe(Database database) {
    this.database = database;
  }

  /** Whether the database answered last time, and lately. */
  public boolean answers() {
    return answered && System.nanoTime() - lastAnswerNanos < MAX_AGE.toNanos();
  }

  @Override
  public void start() {
    ticker.start();
  }

  @Override
  public void stop() {
    ticker.stop();
  }

  private void ask() {
    try {
      database.ping();
      lastAnswerNanos = System.nanoTime();
      if (!answered) {
        LOG.info("The database answers again.");
      }
      answered = true;
    } catch (DatabaseUnavailableException e) {
      if (answered) {
        LOG.warn("The database does not answer: {}", e.getMessage());
      }
      answered = false;
    }
  }
}
