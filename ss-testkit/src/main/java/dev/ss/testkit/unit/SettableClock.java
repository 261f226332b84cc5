package dev.ss.testkit.unit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that stands still until a test moves it. It starts in the past, so that what it calls due
 * is due by the real clock as well.
 */
public final class SettableClock extends Clock {
  private volatile Instant now = Instant.parse("2024-03-05T10:15:30.123Z");

  /** Moves the clock on, or back. */
  public void advance(Duration by) {
    now = now.plus(by);
  }

  /** Moves the clock to this moment. */
  public void set(Instant moment) {
    now = moment;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("moments have no zone");
  }
}
