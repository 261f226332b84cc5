package dev.ss.api.http;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.api.support.ApiResources;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.exposition.Scrape;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET /health/live} and {@code /ready}, and what works while the database does not. */
class HealthTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  private static final String JOB = "/019ab000-0000-7000-8000-000000000000";

  @AfterEach
  void repair() {
    API.bringTheDatabaseBack();
  }

  @Test
  void aProcessWithADatabaseIsLiveAndReady() {
    Answer live = API.get("/health/live");
    Answer ready = API.get("/health/ready");

    assertThat(live.status()).isEqualTo(200);
    assertThat(live.text()).isEqualTo("{\"status\":\"live\"}");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.text()).isEqualTo("{\"status\":\"ready\"}");
  }

  @Test
  void withoutADatabaseItIsLiveButNotReadyUntilTheDatabaseIsBack() {
    API.takeTheDatabaseAway();

    Answer ready = API.get("/health/ready");
    assertProblem(ready, 503, "database_unavailable");
    assertThat(ready.json().get("detail").textValue())
        .contains("its file is no longer where it was opened");
    assertThat(API.get("/health/live").status()).isEqualTo(200);

    repair();
    assertThat(API.get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void withoutADatabaseEveryRequestIsAnswered() {
    API.takeTheDatabaseAway();

    for (String path : new String[] {"", JOB, JOB + "/output", JOB + "/log"}) {
      assertProblem(API.get("/v1/jobs" + path), 503, "database_unavailable");
    }
    for (String path : new String[] {JOB + "/cancel", JOB + "/retry"}) {
      assertProblem(API.post("/v1/jobs" + path), 503, "database_unavailable");
    }
    assertProblem(API.get("/v1/workers"), 503, "database_unavailable");
    assertThat(API.get("/v1/job-types").status()).isEqualTo(200);
  }

  @Test
  void withoutADatabaseASubmissionIsRefusedAndCounted() {
    API.takeTheDatabaseAway();
    Scrape before = API.scrape();

    Answer answer = API.submit("{\"job_type\": \"report\", \"input\": \"x\"}");

    assertProblem(answer, 503, "database_unavailable");
    assertThat(answer.header("Retry-After")).contains("1");
    assertThat(API.scrape().grownBy("reason", before, "ss_job_rejections_total"))
        .isEqualTo(Map.of("unavailable", 1.0));
    assertThat(API.scrape().grownBy("event", before, "ss_jobs_total")).isEmpty();
  }

  @Test
  void aProcessThatIsLeavingIsLiveButNotReady() {
    HealthResource leaving = new HealthResource(Optional::empty);
    leaving.leave();

    assertThat(leaving.live()).isEqualTo(new HealthResource.Health("live"));
    assertThat(catchThrowableOfType(ProblemException.class, leaving::ready).code())
        .isEqualTo(ProblemCode.UNAVAILABLE);
  }
}
