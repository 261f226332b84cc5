package dev.ss.bridge.internal.naming;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The unit of a metric's values.
 *
 * @param base the exported unit, which the name ends in
 * @param perBase how many of the unit make one of the base
 */
public record Unit(String base, double perBase) {
  public static final String SECONDS = "seconds";

  private static final Pattern WORD = Pattern.compile("[a-z]+(_[a-z]+)*");

  /** Units that are converted to one of "Base units" in Prometheus's documentation. */
  private static final Map<String, Unit> CONVERTED =
      Map.of(
          "nanoseconds", new Unit(SECONDS, 1e9),
          "microseconds", new Unit(SECONDS, 1e6),
          "milliseconds", new Unit(SECONDS, 1e3),
          "kibibytes", new Unit("bytes", 1.0 / (1 << 10)),
          "mebibytes", new Unit("bytes", 1.0 / (1 << 20)),
          "percent", new Unit("ratio", 100));

  /**
   * Returns the unit of this name, which may be any word in lower case; empty if it is not a word.
   */
  static Optional<Unit> named(String name) {
    return WORD.matcher(name).matches()
        ? Optional.of(CONVERTED.getOrDefault(name, new Unit(name, 1)))
        : Optional.empty();
  }
}
