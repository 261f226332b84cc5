package dev.ss.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.client.Answer;
import dev.ss.testkit.exposition.Scrape;
import java.util.Map;
import java.util.function.Supplier;

/** An API with a database of its own. */
public interface TestedApi {
  Rows rows();

  /** The API's own metrics now. */
  Scrape scrape();

  /**
   * Asserts that a submission gets this problem, is counted under this reason, and stores nothing.
   */
  default void assertRefuses(Supplier<Answer> submission, int status, String code, String reason) {
    long stored = rows().stored();
    Scrape before = scrape();

    Problems.assertProblem(submission.get(), status, code);

    assertThat(rows().stored()).isEqualTo(stored);
    assertThat(scrape().grownBy("reason", before, "ss_job_rejections_total"))
        .isEqualTo(Map.of(reason, 1.0));
  }
}
