package dev.ss.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.testkit.client.Answer;

/** Errors, which are problems all, in the shape of RFC 9457. */
public final class Problems {
  private Problems() {}

  public static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as("status of %s", answer).isEqualTo(status);
    assertThat(answer.header("Content-Type"))
        .as("content type of %s", answer)
        .contains("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.fieldNames())
        .toIterable()
        .containsExactly("type", "title", "status", "code", "detail");
    assertThat(problem.path("type").textValue()).isEqualTo("about:blank");
    assertThat(problem.path("title").textValue()).isNotBlank();
    assertThat(problem.path("status").intValue()).isEqualTo(status);
    assertThat(problem.path("code").textValue()).as("code of %s", answer).isEqualTo(code);
    assertThat(problem.path("detail").textValue()).isNotBlank();
  }
}
