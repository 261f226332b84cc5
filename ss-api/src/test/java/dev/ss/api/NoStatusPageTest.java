package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiServerExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code api.statusPage: false}. */
class NoStatusPageTest {
  @RegisterExtension
  static final ApiServerExtension API = ApiServerExtension.with("statusPage: false");

  @Test
  void thereIsNothingAtThePagesPaths() {
    assertProblem(API.http().get("/"), 404, "not_found");
    assertProblem(API.http().get("/ui/main.js"), 404, "not_found");
    assertThat(API.http().get("/v1/jobs").status()).isEqualTo(200);
    await()
        .untilAsserted(
            () ->
                assertThat(API.scrape().text())
                    .contains("route=\"unmatched\"")
                    .doesNotContain("route=\"/\"", "route=\"/ui"));
  }
}
