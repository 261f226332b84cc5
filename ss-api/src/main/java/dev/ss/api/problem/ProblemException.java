package dev.ss.api.problem;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request cannot be served. The client gets the code and the message. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final @Nullable Duration retryAfter;
  private final @Nullable String jobType;

  /**
   * @param detail tells the client what is wrong and what would be right; it is not logged
   */
  public ProblemException(ProblemCode code, String detail) {
    this(code, detail, null, null);
  }

  private ProblemException(
      ProblemCode code, String detail, @Nullable Duration retryAfter, @Nullable String jobType) {
    super(detail, null, false, false);
    this.code = code;
    this.retryAfter = retryAfter;
    this.jobType = jobType;
  }

  /** An error that may be gone after {@code retryAfter}, which is sent as Retry-After. */
  public static ProblemException until(Duration retryAfter, ProblemCode code, String detail) {
    return new ProblemException(code, detail, retryAfter, null);
  }

  /** The same problem of a submission for this job type. */
  public ProblemException ofJobType(String name) {
    return new ProblemException(code, getMessage(), retryAfter, name);
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

  /** The job type of the submission that is refused, if it is known; for the metrics only. */
  public Optional<String> jobType() {
    return Optional.ofNullable(jobType);
  }

  /**
   * How long the client should wait before it tries again; empty if there is nothing to wait for.
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
