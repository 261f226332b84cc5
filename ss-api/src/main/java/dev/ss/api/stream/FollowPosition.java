package dev.ss.api.stream;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where a client has read a stream; the id of a server-sent event.
 *
 * @param run the run whose stream it reads; 0 before the first one
 * @param offset how many bytes of that stream it has
 */
public record FollowPosition(int run, long offset) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9}):([0-9]{1,15})");

  /** Reads the id of an event; empty if it is none. */
  public static Optional<FollowPosition> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new FollowPosition(
                Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  /** Whether the client has received the beginning of a run. */
  boolean isInARun() {
    return run > 0;
  }

  /** The id of an event. */
  String text() {
    return run + ":" + offset;
  }
}
