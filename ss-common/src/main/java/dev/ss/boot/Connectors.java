package dev.ss.boot;

import java.io.IOException;
import org.eclipse.jetty.server.ServerConnector;

/** Takes a port before anything else starts. */
public final class Connectors {
  private Connectors() {}

  /**
   * Begins to listen.
   *
   * @param key what to change in config.yml when that fails
   * @throws StartupException if the address cannot be listened on
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
    return cause.getMessage();
  }
}
