package dev.ss.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes times and durations as people like them. */
public final class Times {
  private static final Pattern AGE = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final int UNITS = 2;

  private final InstantSource clock;

  public Times(InstantSource clock) {
    this.clock = clock;
  }

  /** How long ago a time in JSON was, such as {@code 5m ago}; a hyphen for null. */
  public String ago(JsonNode time) {
    return read(time)
        .map(
            then -> {
              Duration past = Duration.between(then, clock.instant());
              return past.isNegative() ? "in " + text(past.negated()) : text(past) + " ago";
            })
        .orElse("-");
  }

  /** How long it took from one time to the next, or has taken until now. */
  public String between(JsonNode start, JsonNode end) {
    return read(start)
        .map(from -> text(Duration.between(from, read(end).orElseGet(clock::instant))))
        .orElse("-");
  }

  private static Optional<Instant> read(JsonNode time) {
    return time.isTextual() ? Optional.of(Instant.parse(time.textValue())) : Optional.empty();
  }

  /** Writes a duration with its two largest units, such as {@code 2h5m} or {@code 1.25s}. */
  public static String text(Duration duration) {
    if (duration.isNegative()) {
      return "0s";
    }
    if (duration.toMillis() < 60_000) {
      double seconds = duration.toMillis() / 1e3;
      return (seconds < 10 && duration.toMillis() % 1000 != 0)
          ? String.valueOf(Math.round(seconds * 100) / 100.0).replaceAll("\\.0$", "") + "s"
          : duration.toSeconds() + "s";
    }
    StringBuilder text = new StringBuilder();
    long[] amounts = {
      duration.toDays(), duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart()
    };
    String[] names = {"d", "h", "m", "s"};
    int used = 0;
    for (int i = 0; i < names.length && used < UNITS; i++) {
      if (amounts[i] > 0 || used > 0) {
        used++;
        if (amounts[i] > 0) {
          text.append(amounts[i]).append(names[i]);
        }
      }
    }
    return text.toString();
  }

  /** Writes seconds in JSON as a duration; a hyphen for null. */
  public static String seconds(JsonNode seconds) {
    return seconds.isNumber()
        ? text(Duration.ofMillis(Math.round(seconds.doubleValue() * 1e3)))
        : "-";
  }

  /**
   * Reads a time: RFC 3339, or an age such as {@code 2h}, which is that long ago.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public Instant past(String text) {
    Matcher age = AGE.matcher(text);
    return age.matches() ? clock.instant().minus(duration(age)) : exact(text);
  }

  /**
   * Reads a time: RFC 3339, or a delay such as {@code 2h}, which is that long from now.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public Instant future(String text) {
    Matcher delay = AGE.matcher(text);
    return delay.matches() ? clock.instant().plus(duration(delay)) : exact(text);
  }

  /**
   * Reads a duration such as {@code 90s}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Duration duration(String text) {
    Matcher duration = AGE.matcher(text);
    if (!duration.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no duration; write one as in 500ms, 90s, 5m, 2h or 7d.".formatted(text));
    }
    return duration(duration);
  }

  private static Duration duration(Matcher text) {
    long amount = Long.parseLong(text.group(1));
    return switch (text.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static Instant exact(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no time; write 2h, or a time with an offset such as 2027-01-31T08:00:00Z."
              .formatted(text));
    }
  }
}
