package dev.ss.boot;

/**
 * The process cannot start. The message says which key to change, and is all that the operator
 * sees.
 */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param key the key in config.yml, with its environment variable if it has one
   * @param reason what is wrong with the value and what would be right
   */
  public StartupException(String key, String reason) {
    super(key + ": " + reason);
  }

  /** Never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
