package dev.ss.testkit.browser;

import dev.ss.testkit.client.Http;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Waiting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Debian's Chromium without a window. */
public final class Chromium implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Pattern LISTENING =
      Pattern.compile("DevTools listening on ws://127\\.0\\.0\\.1:(\\d+)/");

  private final ManagedProcess process;
  private final Http devTools;

  private Chromium(ManagedProcess process, int port) {
    this.process = process;
    this.devTools = new Http(port);
  }

  /** Starts the browser with an empty profile in this directory. */
  public static Chromium startIn(Path directory) {
    ManagedProcess process =
        ManagedProcess.start(
            directory,
            directory.resolve("chromium.log"),
            Map.of(),
            List.of(
                "chromium",
                "--headless=new",
                "--no-sandbox", // the sandbox does not work for root, as whom CI runs
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
    return new Chromium(
        process, Waiting.forValue("Chromium listens", START_LIMIT, () -> listeningPort(process)));
  }

  private static Optional<Integer> listeningPort(ManagedProcess process) {
    if (!process.isAlive()) {
      throw new IllegalStateException("Chromium has ended:\n" + process.log());
    }
    return LISTENING
        .matcher(process.log())
        .results()
        .map((MatchResult result) -> Integer.valueOf(result.group(1)))
        .findFirst();
  }

  /** Opens an empty tab. */
  public Tab newTab() {
    return Tab.at(
        URI.create(
            devTools
                .method("PUT", "/json/new?about:blank")
                .json()
                .get("webSocketDebuggerUrl")
                .textValue()));
  }

  @Override
  public void close() {
    process.close();
  }
}
