package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;

/** Reads numbers in query parameters. */
final class QueryNumbers {
  private QueryNumbers() {}

  /** The value of {@code limit}. */
  static int limit(String text, int max) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= max) {
        return limit;
      }
    } catch (NumberFormatException notANumber) {
      // refused below, like a number out of range
    }
    throw new ProblemException(
        ProblemCode.INVALID_PARAMETER, "limit must be an integer from 1 to %d.".formatted(max));
  }
}
