package dev.ss.job;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code traceparent} header, as the W3C Trace Context recommendation (section 3.2) defines it.
 *
 * @param text the header as it was received
 * @param traceId the id of the trace: 32 hexadecimal digits, not all 0
 * @param spanId the id of the caller's span (parent-id): 16 hexadecimal digits, not all 0
 */
public record TraceParent(String text, String traceId, String spanId) {
  private static final int MAX_LENGTH = 512;
  private static final Pattern FORMAT =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

  /** Parses a header; empty if it is missing or malformed. */
  public static Optional<TraceParent> parse(String header) {
    if (header == null || header.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher matcher = FORMAT.matcher(header);
    boolean valid =
        matcher.matches() && (matcher.group(4) == null || !matcher.group(1).equals("00"));
    return valid
        ? Optional.of(new TraceParent(header, matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }
}
