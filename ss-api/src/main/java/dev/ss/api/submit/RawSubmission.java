package dev.ss.api.submit;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import java.util.Optional;

/** A submission whose input is the body of its request: everything else, from the query. */
public record RawSubmission(
    String jobType,
    Optional<String> priority,
    Optional<String> runAt,
    Optional<String> maxAttempts) {

  /** The same as in JSON, without the input. */
  SubmitBody body() {
    return new SubmitBody(
        jobType, "", number("priority", priority), runAt, number("max_attempts", maxAttempts));
  }

  private static Optional<Integer> number(String name, Optional<String> text) {
    try {
      return text.map(Integer::valueOf);
    } catch (NumberFormatException e) {
      throw new ProblemException(ProblemCode.INVALID_PARAMETER, name + " must be an integer.");
    }
  }
}
