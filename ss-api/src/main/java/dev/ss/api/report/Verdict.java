package dev.ss.api.report;

import java.util.Collections;
import java.util.Locale;
import java.util.stream.Stream;

/** How things are, the better first. */
public enum Verdict {
  /** Nothing is wrong. */
  OK,
  /** Something will need somebody, but not at once. */
  WARN,
  /** Nobody can tell, because what the report looks at is old. */
  UNKNOWN,
  /** Somebody has to do something. */
  BAD;

  /** The worst of these; {@link #OK} of none. */
  static Verdict worst(Stream<Verdict> verdicts) {
    return Collections.max(Stream.concat(Stream.of(OK), verdicts).toList());
  }

  /** The name in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
