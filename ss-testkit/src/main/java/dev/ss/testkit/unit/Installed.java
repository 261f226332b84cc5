package dev.ss.testkit.unit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ss.testkit.process.Shell;
import java.util.Arrays;
import java.util.List;

/** Skips tests that need programs which this machine lacks. */
public final class Installed {
  private Installed() {}

  /** Skips the test without Prometheus, or fails it if {@code SS_REQUIRE_PROMETHEUS} is true. */
  public static void assumePrometheus() {
    assume("SS_REQUIRE_PROMETHEUS", "prometheus", "prometheus", "promtool");
  }

  /** Skips the test without Chromium, or fails it if {@code SS_REQUIRE_CHROMIUM} is true. */
  public static void assumeChromium() {
    assume("SS_REQUIRE_CHROMIUM", "chromium", "chromium");
  }

  private static void assume(String requiring, String debianPackage, String... programs) {
    List<String> missing =
        Arrays.stream(programs).filter(program -> !Shell.isInstalled(program)).toList();
    String message =
        "%s not on the PATH; install Debian's package %s".formatted(missing, debianPackage);
    if (!missing.isEmpty() && Boolean.parseBoolean(System.getenv(requiring))) {
      throw new AssertionError(message);
    }
    assumeTrue(missing.isEmpty(), "SKIPPED: " + message);
  }
}
