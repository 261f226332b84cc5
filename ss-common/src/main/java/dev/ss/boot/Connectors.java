package dev.ss.boot;

import java.io.IOException;
import org.eclipse.jetty.server.ServerConnector;

/** Opens a server's port before anything else starts. */
public final class Connectors {
  private Connectors() {}

  /**
   * Starts to listen.
   *
   * @param key the key to change in config.yml if that fails
   * @throws StartupException if the process cannot listen on the address
   */
  public static void open(ServerConnector connector, String key) {
    try {
      connector.open();
    } catch (IOException e) {
      throw new StartupException(
          key,
          "cannot listen on %s port %d: %s"
              .formatted(connector.getHost(), connector.getPort(), rootMessage(e)));
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
