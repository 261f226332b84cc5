package dev.ss.api.problem;

import java.time.Duration;
import java.util.Optional;

/** A request cannot be served, and the client is told why. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final Duration retryAfter;

  /**
   * A reason not to serve a request.
   *
   * @param detail for the client: what is wrong and what would be right. It is not logged.
   */
  public ProblemException(ProblemCode code, String detail) {
    this(code, detail, null);
  }

  private ProblemException(ProblemCode code, String detail, Duration retryAfter) {
    super(detail, null, false, false);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** A reason that may be gone by then. */
  public static ProblemException until(Duration retryAfter, ProblemCode code, String detail) {
    return new ProblemException(code, detail, retryAfter);
  }

  /** What went wrong. */
  public ProblemCode code() {
    return code;
  }

  /** When to try again, if there is any use in it. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
