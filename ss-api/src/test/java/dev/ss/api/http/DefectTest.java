package dev.ss.api.http;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.ss.api.support.ApiResources;
import dev.ss.testkit.unit.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A defect of the server is called one, and has its trace in the log once. */
class DefectTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  private static final String SUBMISSION =
      "{\"job_type\": \"report\", \"input\": \"secret-input\"}";

  @ParameterizedTest
  @CsvSource({
    "alter table jobs rename column priority to other, "
        + "alter table jobs rename column other to priority",
    "alter table job_inputs rename to other, alter table other rename to job_inputs",
    "create trigger refuses before insert on jobs begin "
        + "insert into job_inputs (job_id) values (null); end, "
        + "drop trigger refuses"
  })
  void whatOurStatementsDoNotFindOrMayNotDoIsADefect(String breaking, String repair) {
    API.rows().execute(breaking);
    try (CapturedLog log = CapturedLog.ofEverything()) {
      for (int i = 0; i < 20; i++) {
        assertProblem(API.submit(SUBMISSION), 500, "internal_error");
      }

      assertThat(log.count(Level.ERROR)).as(log.text()).isEqualTo(1);
      assertThat(log.text()).contains("at dev.ss.store.").doesNotContain("secret-input");
    } finally {
      API.rows().execute(repair);
    }
  }

  @Test
  void whatFailsByADefectOfTheDatabaseLeavesItReady() {
    String jobId = API.submitted();
    API.rows().execute("alter table job_attempts rename to other");
    try {
      assertProblem(API.get("/v1/jobs/" + jobId + "/output"), 500, "internal_error");
      assertThat(API.get("/health/ready").status()).isEqualTo(200);
    } finally {
      API.rows().execute("alter table other rename to job_attempts");
    }
  }
}
