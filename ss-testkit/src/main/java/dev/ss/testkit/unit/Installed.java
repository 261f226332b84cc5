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

  /** Skips the test without tmux, or fails it if {@code SS_REQUIRE_TMUX} is true. */
  public static void assumeTmux() {
    assume("SS_REQUIRE_TMUX", "tmux", "tmux");
  }

  /**
   * Skips the test for all but root, who may become other users, or fails it if {@code
   * SS_REQUIRE_ROOT} is true.
   */
  public static void assumeRoot() {
    boolean required = Boolean.parseBoolean(System.getenv("SS_REQUIRE_ROOT"));
    if (required && !Shell.isRoot()) {
      throw new AssertionError("run the tests as root");
    }
    assumeTrue(Shell.isRoot(), "SKIPPED: only root may become other users");
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
