package dev.ss.job;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code traceparent}, as W3C's Trace Context (section 3.2) defines it.
 *
 * @param text as it was received, to hand on
 * @param traceId of the trace it belongs to: 32 hexadecimal digits, not all 0
 */
public record TraceParent(String text, String traceId) {
  private static final int MAX_LENGTH = 512;
  private static final Pattern FORMAT =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  /** Reads a header; one that is malformed is as good as none. */
  public static Optional<TraceParent> parse(String header) {
    if (header == null || header.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher matcher = FORMAT.matcher(header);
    boolean valid =
        matcher.matches() && (matcher.group(3) == null || !matcher.group(1).equals("00"));
    return valid ? Optional.of(new TraceParent(header, matcher.group(2))) : Optional.empty();
  }
}
