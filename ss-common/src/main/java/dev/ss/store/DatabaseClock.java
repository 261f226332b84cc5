package dev.ss.store;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The database's time, which all processes go by, so that none of them needs a clock that is right.
 * In whole milliseconds: both databases keep those, so storing a time does not change it.
 */
public abstract class DatabaseClock extends Clock {
  /**
   * Asks the database for its time again.
   *
   * @throws DatabaseUnavailableException if it does not answer; the clock goes on as before
   */
  public abstract void measure();

  /** The database's time less this machine's; nothing if the database has not told for a while. */
  public abstract Optional<Duration> offset();

  @Override
  public final ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public final Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("moments have no zone");
  }
}
