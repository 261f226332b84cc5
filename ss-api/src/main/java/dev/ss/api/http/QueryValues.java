package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;

/** Reads the values of query parameters; refuses what a parameter does not allow. */
final class QueryValues {
  private QueryValues() {}

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
    throw invalid("limit must be an integer from 1 to %d.".formatted(max));
  }

  /** The value of a parameter that is either true or false. */
  static boolean flag(String name, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(name + " must be true or false.");
    };
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemCode.INVALID_PARAMETER, detail);
  }
}
