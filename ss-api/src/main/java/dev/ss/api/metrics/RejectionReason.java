package dev.ss.api.metrics;

/** Why the API refused a submission. */
public enum RejectionReason {
  /** The body is not JSON in UTF-8, or not an object. */
  INVALID_JSON,
  /** A field is missing, unknown, of the wrong type or out of range. */
  INVALID_FIELD,
  /** The idempotency key is malformed. */
  INVALID_IDEMPOTENCY_KEY,
  /** The idempotency key was used for another submission. */
  IDEMPOTENCY_KEY_REUSED,
  /** No such job type is configured. */
  UNKNOWN_JOB_TYPE,
  /** The token is not for the job type. */
  FORBIDDEN,
  /** The input or the whole body is larger than allowed. */
  TOO_LARGE,
  /** The body is not declared as JSON. */
  UNSUPPORTED_MEDIA_TYPE,
  /** The queue is full. */
  QUEUE_FULL,
  /** The submission could not be stored. */
  UNAVAILABLE
}
