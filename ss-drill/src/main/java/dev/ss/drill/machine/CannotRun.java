package dev.ss.drill.machine;

/** No drill can run: an argument is wrong, or the machine lacks something. */
public final class CannotRun extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotRun(String reason) {
    super(reason);
  }
}
