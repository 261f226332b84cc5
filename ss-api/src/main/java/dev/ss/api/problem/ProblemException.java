package dev.ss.api.problem;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request cannot be served. The client gets the code and the message. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final @Nullable Duration retryAfter;

  /**
   * @param detail tells the client what is wrong and what would be right; it is not logged
   */
  public ProblemException(ProblemCode code, String detail) {
    this(code, detail, null);
  }

  private ProblemException(ProblemCode code, String detail, @Nullable Duration retryAfter) {
    super(detail, null, false, false);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** An error that may be gone after {@code retryAfter}, which is sent as Retry-After. */
  public static ProblemException until(Duration retryAfter, ProblemCode code, String detail) {
    return new ProblemException(code, detail, retryAfter);
  }

  /** Never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** The machine-readable reason. */
  public ProblemCode code() {
    return code;
  }

  /**
   * How long the client should wait before it tries again; empty if there is nothing to wait for.
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
