package dev.ss.api.problem;

import dev.ss.boot.Ticker;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs requests that failed because of the database: the first of each reason at once, and how many
 * more there were after each interval. A database that is away fails hundreds in a second.
 */
public final class DatabaseFailures implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseFailures.class);

  private final Ticker ticker;

  /** How many there were in this interval of each reason that has been logged. */
  private final Map<String, Integer> moreOfReason = new HashMap<>();

  /** Sums up after each such interval. */
  public DatabaseFailures(Duration interval) {
    this.ticker = new Ticker("database-failures", interval, this::sumUp);
  }

  synchronized void failed(String reason) {
    if (moreOfReason.containsKey(reason)) {
      moreOfReason.merge(reason, 1, Integer::sum);
    } else {
      LOG.warn("A request failed because of the database: {}", reason);
      moreOfReason.put(reason, 0);
    }
  }

  private synchronized void sumUp() {
    moreOfReason.forEach(
        (reason, more) -> {
          if (more > 0) {
            LOG.warn("{} more requests failed because of the database: {}", more, reason);
          }
        });
    moreOfReason.values().removeIf(more -> more == 0);
    moreOfReason.replaceAll((reason, more) -> 0);
  }

  @Override
  public void start() {
    ticker.start();
  }

  @Override
  public void stop() {
    ticker.stop();
    sumUp();
  }
}
