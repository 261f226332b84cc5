package dev.ss.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.api.support.ApiResources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET /v1/history}, from jobs to JSON. */
class HistoryTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  @Test
  void jobsAppearInTheStepInWhichTheyCameAndOfTheirType() {
    API.makeHistory();
    API.submit("{\"job_type\":\"word-count\",\"input\":\"a b\"}");
    API.submit("{\"job_type\":\"report\",\"input\":\"\"}");
    API.makeHistory();
    API.makeHistory();

    JsonNode all = API.get("/v1/history").json().get("steps");
    assertThat(all.findValuesAsText("created")).containsExactly("0", "2", "0");
    assertThat(all.findValuesAsText("ready")).containsExactly("0", "2", "2");
    assertThat(all.findValuesAsText("seconds")).containsExactly("8.0", "10.0", "10.0");
    JsonNode one = API.get("/v1/history?job_type=report").json().get("steps");
    assertThat(one.findValuesAsText("created")).containsExactly("0", "1", "0");
    assertThat(one.findValuesAsText("ready")).containsExactly("0", "1", "1");
    assertThat(API.get("/v1/history?job_type=report&job_type=word-count").json().get("steps"))
        .isEqualTo(all);
  }
}
