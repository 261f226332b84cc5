package dev.ss.bridge;

/**
 * Where metrics are served: {@code application}, {@code admin}, {@code 9400} or {@code host:9400}.
 */
sealed interface MetricsConnector {
  /** The connector of the application's resources. */
  record Application() implements MetricsConnector {}

  /** The connector of Dropwizard's admin servlets. */
  record Admin() implements MetricsConnector {}

  /**
   * A port for metrics alone.
   *
   * @param host the address to bind to; empty for all addresses
   */
  record OwnPort(String host, int port) implements MetricsConnector {}

  /**
   * Parses the configured value.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static MetricsConnector of(String text) {
    return switch (String.valueOf(text)) {
      case "application" -> new Application();
      case "admin" -> new Admin();
      default -> ownPort(String.valueOf(text));
    };
  }

  private static OwnPort ownPort(String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port >= 0 && port <= 0xffff) {
        return new OwnPort(text.substring(0, Math.max(colon, 0)), port);
      }
    } catch (NumberFormatException e) {
      // treated like a port that is out of range
    }
    throw new IllegalArgumentException(
        "metrics.connector: '%s' is neither application, admin, a port, nor host:port"
            .formatted(text));
  }
}
