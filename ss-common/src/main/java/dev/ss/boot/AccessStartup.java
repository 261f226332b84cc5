package dev.ss.boot;

import dev.ss.access.Access;
import dev.ss.access.OpenAccess;
import dev.ss.access.TokenAccess;
import dev.ss.config.AccessSection;
import io.dropwizard.core.setup.Environment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads the tokens at the start, and again whenever their file changes. */
final class AccessStartup {
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
  private static final String TOKENS_KEY = "access.tokensFile (SS_TOKENS_FILE)";

  private AccessStartup() {}

  /**
   * Returns what decides on requests.
   *
   * @param bindHost the address that the process listens on; empty if it opens no socket
   * @throws StartupException if the tokens cannot be read, or if there are none and other machines
   *     could reach the process
   */
  static Access access(AccessSection section, Optional<String> bindHost, Environment environment) {
    Optional<Path> file = section.tokens();
    if (file.isPresent()) {
      TokenAccess tokens = read(file.get());
      environment.lifecycle().manage(new PeriodicTask("tokens", LOOK_INTERVAL, tokens::refresh));
      return tokens;
    }
    if (!section.open()) {
      bindHost.ifPresent(AccessStartup::requireLoopback);
    }
    return new OpenAccess();
  }

  private static TokenAccess read(Path file) {
    try {
      return new TokenAccess(file);
    } catch (IOException e) {
      throw new StartupException(TOKENS_KEY, "cannot read %s: %s".formatted(file, e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new StartupException(TOKENS_KEY, "%s: %s".formatted(file, e.getMessage()));
    }
  }

  private static void requireLoopback(String bindHost) {
    if (!isLoopback(bindHost)) {
      throw new StartupException(
          TOKENS_KEY,
          "must name a file of tokens, because this process would listen on %s, which other"
                  .formatted(bindHost)
              + " machines can reach. Without tokens, listen on 127.0.0.1 (SS_BIND_HOST), or set"
              + " access.open: true (SS_ACCESS_OPEN) if everyone who can reach it may do everything");
    }
  }

  /** A name that cannot be resolved counts as loopback: listening on it will fail. */
  private static boolean isLoopback(String bindHost) {
    try {
      return InetAddress.getByName(bindHost).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true;
    }
  }
}
