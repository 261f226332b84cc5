package dev.ss.api.problem;

/** A request cannot be served, and the client is told why. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  /**
   * A reason not to serve a request.
   *
   * @param detail for the client: what is wrong and what would be right. It is not logged.
   */
  public ProblemException(ProblemCode code, String detail) {
    super(detail, null, false, false);
    this.code = code;
  }

  /** What went wrong. */
  public ProblemCode code() {
    return code;
  }
}
