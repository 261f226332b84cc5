package dev.ss.api.submit;

import java.util.Map;
import java.util.Optional;

/** Submissions of which a test says only what it is about. */
final class Bodies {
  private Bodies() {}

  static SubmitBody of(
      String jobType,
      String input,
      Optional<Integer> priority,
      Optional<String> runAt,
      Optional<Integer> maxAttempts) {
    return new SubmitBody(
        jobType,
        input,
        priority,
        runAt,
        maxAttempts,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static SubmitBody of(String jobType, String input, Map<String, String> parameters) {
    return new SubmitBody(
        jobType,
        input,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(parameters),
        Optional.empty(),
        Optional.empty());
  }

  static SubmitBody with(
      Map<String, String> parameters, Map<String, String> labels, Optional<String> timeout) {
    return new SubmitBody(
        "resize",
        "x",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(parameters),
        Optional.of(labels),
        timeout);
  }
}
