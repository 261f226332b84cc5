package dev.ss.boot;

import dev.ss.store.Database;
import dev.ss.store.DatabaseUnavailableException;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every second whether the database can be used. Health checks read the last result and
 * never wait for the database. If the database hangs, the last result becomes too old, which counts
 * as a failure.
 */
public final class DatabaseProbe implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseProbe.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  private final Database database;
  private final PeriodicTask task = new PeriodicTask("database-probe", INTERVAL, this::ask);
  private volatile long lastAnswerNanos = System.nanoTime();
  private volatile Optional<String> failure = Optional.empty();

  public DatabaseProbe(Database database) {
    this.database = database;
  }

  /** Why the database cannot be used; empty if the last check succeeded and is recent. */
  public Optional<String> failure() {
    Optional<String> last = failure;
    return last.isEmpty() && System.nanoTime() - lastAnswerNanos > MAX_AGE.toNanos()
        ? Optional.of("it has not answered for " + MAX_AGE.toSeconds() + " s")
        : last;
  }

  @Override
  public void start() {
    task.start();
  }

  @Override
  public void stop() {
    task.stop();
  }

  private void ask() {
    try {
      database.ping();
    } catch (DatabaseUnavailableException e) {
      if (!failure.equals(Optional.of(e.getMessage()))) {
        LOG.warn("The database does not answer: {}", e.getMessage());
      }
      failure = Optional.of(e.getMessage());
      return;
    } catch (RuntimeException defect) {
      failure = Optional.of("asking it failed by a defect, which the log shows");
      throw defect;
    }
    lastAnswerNanos = System.nanoTime();
    if (failure.isPresent()) {
      LOG.info("The database answers again.");
    }
    failure = Optional.empty();
  }
}
