package dev.ss.boot;

/** The process cannot start; the message says which key to change, and is all there is to show. */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A reason not to start.
   *
   * @param key the key in config.yml, with its environment variable if it has one
   * @param reason what is wrong with it and what would be right
   */
  public StartupException(String key, String reason) {
    super(key + ": " + reason);
  }
}
