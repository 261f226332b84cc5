package dev.ss.bench.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What counts the API's requests. */
enum Variant {
  /** SS's own metrics, as they are shipped. */
  ON,
  /** Nothing. */
  OFF,
  /** Micrometer. */
  MICROMETER;

  private static final Path API = Path.of("ss-api/target/ss-api.jar").toAbsolutePath();
  private static final Path BENCH = Path.of("ss-bench/target/ss-bench.jar").toAbsolutePath();

  /** Returns the name in the tables. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the arguments of java that start the API. */
  List<String> program() {
    return switch (this) {
      case ON -> List.of("-jar", API.toString());
      case OFF -> List.of("-cp", API + ":" + BENCH, ApiWithoutMetrics.class.getName());
      case MICROMETER -> List.of("-cp", API + ":" + BENCH, ApiWithMicrometer.class.getName());
    };
  }

  /**
   * Returns this variant's config.yml. Without SS's metrics, the API does not count the queue for
   * them either.
   */
  String configuration(String shipped) {
    if (this == ON) {
      return shipped;
    }
    String rarely = shipped.replaceFirst("(?m)^api:$", "api:\n  queueInterval: 1h");
    if (rarely.equals(shipped)) {
      throw new IllegalStateException("config.yml has no section api");
    }
    return rarely;
  }
}
