package dev.ss.boot;

import dev.ss.store.Database;
import dev.ss.store.DatabaseUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether the database can be used, each time that it runs. Health checks read the last
 * result and never wait for the database. If the database hangs, the last result becomes too old,
 * which counts as a failure.
 */
public final class DatabaseProbe implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseProbe.class);
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  private final Database database;
  private final LongSupplier nanoTime;
  private volatile long lastAnswerNanos;
  private volatile Optional<String> failure = Optional.empty();

  DatabaseProbe(Database database, LongSupplier nanoTime) {
    this.database = database;
    this.nanoTime = nanoTime;
    this.lastAnswerNanos = nanoTime.getAsLong();
  }

  /** Why the database cannot be used; empty if the last check succeeded and is recent. */
  public Optional<String> failure() {
    Optional<String> last = failure;
    return last.isEmpty() && nanoTime.getAsLong() - lastAnswerNanos > MAX_AGE.toNanos()
        ? Optional.of("it has not answered for " + MAX_AGE.toSeconds() + " s")
        : last;
  }

  @Override
  public void run() {
    try {
      database.ping();
    } catch (DatabaseUnavailableException e) {
      if (!failure.equals(Optional.of(e.getMessage()))) {
        LOG.warn("The database does not answer: {}", e.getMessage());
      }
      failure = Optional.of(e.getMessage());
      return;
    } catch (RuntimeException defect) {
      failure = Optional.of("the check failed with an error that the log shows");
      throw defect;
    }
    lastAnswerNanos = nanoTime.getAsLong();
    if (failure.isPresent()) {
      LOG.info("The database answers again.");
    }
    failure = Optional.empty();
  }
}
