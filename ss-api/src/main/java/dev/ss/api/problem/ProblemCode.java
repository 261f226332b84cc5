package dev.ss.api.problem;

import java.util.Locale;

/** The machine-readable reason of an error. A released code keeps its meaning and its status. */
public enum ProblemCode {
  BAD_REQUEST(400),
  INVALID_JSON(400),
  INVALID_FIELD(400),
  UNKNOWN_FIELD(400),
  MISSING_FIELD(400),
  UNKNOWN_JOB_TYPE(400),
  INVALID_IDEMPOTENCY_KEY(400),
  INVALID_JOB_ID(400),
  INVALID_PARAMETER(400),
  UNKNOWN_PARAMETER(400),
  UNAUTHORIZED(401),
  FORBIDDEN(403),
  CROSS_SITE(403),
  NOT_FOUND(404),
  JOB_NOT_FOUND(404),
  JOB_TYPE_NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  NOT_ACCEPTABLE(406),
  IDEMPOTENCY_KEY_REUSED(409),
  JOB_NOT_FINISHED(409),
  JOB_NOT_CANCELLABLE(409),
  JOB_NOT_RETRYABLE(409),
  INPUT_TOO_LARGE(413),
  BODY_TOO_LARGE(413),
  URI_TOO_LONG(414),
  UNSUPPORTED_MEDIA_TYPE(415),
  RANGE_NOT_SATISFIABLE(416),
  UNKNOWN_HOST(421),
  QUEUE_FULL(429),
  HEADERS_TOO_LARGE(431),
  INTERNAL_ERROR(500),
  DATABASE_UNAVAILABLE(503),
  TOO_MANY_WAITERS(503),
  UNAVAILABLE(503);

  private final int status;

  ProblemCode(int status) {
    this.status = status;
  }

  /** The HTTP status of this code. */
  public int status() {
    return status;
  }

  /** The value of {@code code} in JSON: the name in lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
