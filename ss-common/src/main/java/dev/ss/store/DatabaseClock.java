package dev.ss.store;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The database's time. All processes use it, so that none of them needs a correct clock of its own.
 * Times are in whole milliseconds. Both databases can store those, so storing a time does not
 * change it.
 */
public abstract class DatabaseClock extends Clock {
  /**
   * Asks the database for its time again.
   *
   * @throws DatabaseUnavailableException if it does not answer; the clock then continues from the
   *     last measurement
   */
  public abstract void measure();

  /** The database's time minus this machine's; empty if the last measurement is too old. */
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
