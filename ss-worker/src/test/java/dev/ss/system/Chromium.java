package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Debian's Chromium without a window, on machines that have it. */
final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LISTENING =
      Pattern.compile("DevTools listening on ws://127\\.0\\.0\\.1:(\\d+)/");

  private final ManagedProcess process;
  private final Client devTools;

  private Chromium(ManagedProcess process, int port) {
    this.process = process;
    this.devTools = new Client(port);
  }

  /** Skips the test where there is none, unless SS_REQUIRE_CHROMIUM says it must be there. */
  static void assumeInstalled() {
    boolean installed =
        Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
            .anyMatch(directory -> new File(directory, "chromium").canExecute());
    if (Boolean.parseBoolean(System.getenv("SS_REQUIRE_CHROMIUM"))) {
      assertThat(installed).as("chromium is on the PATH").isTrue();
    }
    assumeTrue(
        installed, "SKIPPED: chromium is not on the PATH; install Debian's package chromium");
  }

  /** Starts it with an empty profile in this directory. */
  static Chromium in(Path directory) {
    ManagedProcess process =
        ManagedProcess.start(
            directory,
            directory.resolve("chromium.log"),
            Map.of(),
            List.of(
                "chromium",
                "--headless=new",
                "--no-sandbox", // does not work for root, as whom CI runs
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + directory.resolve("chromium-profile"),
                "--remote-debugging-port=0",
                "about:blank"));
    int port =
        Awaitility.await("Chromium listens")
            .atMost(PATIENCE)
            .failFast("Chromium has ended", () -> !process.isAlive())
            .until(
                () ->
                    LISTENING
                        .matcher(process.log())
                        .results()
                        .map((MatchResult result) -> Integer.parseInt(result.group(1)))
                        .findFirst()
                        .orElse(0),
                found -> found != 0);
    return new Chromium(process, port);
  }

  /** Its one, empty tab. */
  Tab tab() {
    return Awaitility.await("Chromium has a tab")
        .atMost(PATIENCE)
        .until(
            () -> Client.json(devTools.get("/json/list")).findValues("webSocketDebuggerUrl"),
            tabs -> !tabs.isEmpty())
        .stream()
        .findFirst()
        .map(url -> Tab.at(URI.create(url.textValue())))
        .orElseThrow();
  }

  @Override
  public void close() {
    process.close();
  }
}
