package dev.ss.testkit.play;

import java.util.Optional;

/**
 * A job to submit.
 *
 * @param fields the fields of the JSON object, without the braces
 */
record Submission(Optional<String> key, String fields) {
  String body() {
    return "{" + fields + "}";
  }

  String item() {
    return key.map(each -> "{\"idempotency_key\":\"%s\",%s}".formatted(each, fields))
        .orElse(body());
  }
}
