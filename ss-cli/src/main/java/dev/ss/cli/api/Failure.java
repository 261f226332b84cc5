package dev.ss.cli.api;

/** Something that {@code ss} cannot do. Its message is for people and says what they can do. */
public class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public Failure(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /** The program's exit code. */
  public final int exitCode() {
    return exitCode;
  }
}
