package dev.ss.bridge.internal.naming;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The unit that values are in.
 *
 * @param base what Prometheus gets them in, which is the ending of the name
 * @param perBase so many of the unit are one of the base
 */
public record Unit(String base, double perBase) {
  public static final String SECONDS = "seconds";

  private static final Pattern WORD = Pattern.compile("[a-z]+(_[a-z]+)*");

  /**
   * Those that are exported as another one, which "Base units" of Prometheus's documentation has.
   */
  private static final Map<String, Unit> CONVERTED =
      Map.of(
          "nanoseconds", new Unit(SECONDS, 1e9),
          "microseconds", new Unit(SECONDS, 1e6),
          "milliseconds", new Unit(SECONDS, 1e3),
          "kibibytes", new Unit("bytes", 1.0 / (1 << 10)),
          "mebibytes", new Unit("bytes", 1.0 / (1 << 20)),
          "percent", new Unit("ratio", 100));

  /** The unit of this name, which may be any word in lower case; nothing if it is none. */
  static Optional<Unit> named(String name) {
    return WORD.matcher(name).matches()
        ? Optional.of(CONVERTED.getOrDefault(name, new Unit(name, 1)))
        : Optional.empty();
  }

  /** Whether values are exported as they are. */
  public boolean isBase() {
    return perBase == 1;
  }
}
