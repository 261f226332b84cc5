package dev.ss.api.submit;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import java.util.Optional;

/** A submission as the client sent it: each field has its type, and the required ones are there. */
@JsonNaming(SnakeCaseStrategy.class)
record SubmitBody(
    String jobType,
    String input,
    Optional<Integer> priority,
    Optional<String> runAt,
    Optional<Integer> maxAttempts,
    Optional<Map<String, String>> parameters,
    Optional<Map<String, String>> labels,
    Optional<String> timeout) {

  /** An item of a batch. Its idempotency key is a field; a single submission has it in a header. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Item(
      String jobType,
      String input,
      Optional<Integer> priority,
      Optional<String> runAt,
      Optional<Integer> maxAttempts,
      Optional<Map<String, String>> parameters,
      Optional<Map<String, String>> labels,
      Optional<String> timeout,
      Optional<String> idempotencyKey) {

    SubmitBody body() {
      return new SubmitBody(
          jobType, input, priority, runAt, maxAttempts, parameters, labels, timeout);
    }
  }
}
