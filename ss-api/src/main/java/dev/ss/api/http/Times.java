package dev.ss.api.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Formats times and durations for JSON. Times: RFC 3339 in UTC, always with milliseconds, so that
 * they sort as text.
 */
public final class Times {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final double MILLIS_PER_SECOND = 1e3;

  private Times() {}

  static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS_PER_SECOND;
  }

  /** Formats a time. */
  public static String text(Instant time) {
    return FORMAT.format(time);
  }
}
