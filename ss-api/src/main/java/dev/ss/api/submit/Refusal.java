package dev.ss.api.submit;

import dev.ss.api.metrics.RejectionReason;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;

/** Refusals of submissions: the exception for the client and the reason for the metrics. */
final class Refusal {
  private Refusal() {}

  static ProblemException because(ProblemCode code, String detail) {
    return new ProblemException(code, detail);
  }

  static RejectionReason reason(ProblemCode code) {
    return switch (code) {
      case INVALID_JSON -> RejectionReason.INVALID_JSON;
      case INVALID_FIELD, UNKNOWN_FIELD, MISSING_FIELD -> RejectionReason.INVALID_FIELD;
      case INVALID_IDEMPOTENCY_KEY -> RejectionReason.INVALID_IDEMPOTENCY_KEY;
      case IDEMPOTENCY_KEY_REUSED -> RejectionReason.IDEMPOTENCY_KEY_REUSED;
      case UNKNOWN_JOB_TYPE -> RejectionReason.UNKNOWN_JOB_TYPE;
      case INPUT_TOO_LARGE, BODY_TOO_LARGE -> RejectionReason.TOO_LARGE;
      case QUEUE_FULL -> RejectionReason.QUEUE_FULL;
      case UNAVAILABLE -> RejectionReason.UNAVAILABLE;
      case UNSUPPORTED_MEDIA_TYPE -> RejectionReason.UNSUPPORTED_MEDIA_TYPE;
      default -> throw new IllegalArgumentException("not a reason to refuse: " + code);
    };
  }
}
