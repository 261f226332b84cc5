package dev.ss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.Arrays;
import java.util.Objects;

/** Prometheus and its promtool, on machines that have them. */
public final class PrometheusTools {
  private PrometheusTools() {}

  /**
   * Skips the test where Prometheus is missing, unless SS_REQUIRE_PROMETHEUS says it must be there.
   */
  public static void assumeInstalled() {
    boolean installed = isInstalled("prometheus") && isInstalled("promtool");
    if (Boolean.parseBoolean(System.getenv("SS_REQUIRE_PROMETHEUS"))) {
      assertThat(installed).as("prometheus and promtool are on the PATH").isTrue();
    }
    assumeTrue(
        installed,
        "SKIPPED: prometheus and promtool are not on the PATH; install Debian's package prometheus");
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
        .anyMatch(directory -> new File(directory, program).canExecute());
  }
}
