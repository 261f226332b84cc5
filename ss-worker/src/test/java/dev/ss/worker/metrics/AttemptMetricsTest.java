package dev.ss.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.job.Attempt;
import dev.ss.job.RunOutcome;
import dev.ss.testkit.exposition.Scrape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttemptMetricsTest {
  private final BridgeRegistry registry = new BridgeRegistry();

  @Test
  void everyOutcomeOfEveryJobTypeIsCountedFromZero() {
    new AttemptMetrics(registry, List.of("checksum", "word-count"));

    Scrape scrape = Scrape.of(new MetricsHandler(registry));
    for (String type : List.of("checksum", "word-count")) {
      for (RunOutcome outcome : RunOutcome.values()) {
        String labels =
            "{job_type=\"%s\",outcome=\"%s\"}"
                .formatted(type, outcome.name().toLowerCase(Locale.ROOT));
        assertThat(scrape.value("ss_job_runs_total" + labels)).isZero();
      }
    }
  }

  @Test
  void anAttemptIsMeasuredFromWhenItCouldRunToItsEnd() {
    AttemptMetrics attempts = new AttemptMetrics(registry, List.of("word-count"));
    Attempt attempt = attempt("word-count");

    attempts.started(attempt);
    attempts.ended(attempt, RunOutcome.TIMED_OUT, Duration.ofMinutes(1));
    attempts.completed(attempt, RunOutcome.TIMED_OUT, Duration.ofSeconds(100));

    Scrape scrape = Scrape.of(new MetricsHandler(registry));
    String labels = "{job_type=\"word-count\",outcome=\"timed_out\"}";
    assertThat(scrape.value("ss_job_queue_wait_seconds_sum{job_type=\"word-count\"}"))
        .isEqualTo(2.5);
    assertThat(scrape.value("ss_job_runs_total" + labels)).isEqualTo(1);
    assertThat(scrape.value("ss_job_run_duration_seconds_sum" + labels)).isEqualTo(60);
    assertThat(scrape.value("ss_job_end_to_end_seconds_sum" + labels)).isEqualTo(100);
  }

  @Test
  void aJobOfATypeThatIsNoLongerConfiguredIsOther() {
    AttemptMetrics attempts = new AttemptMetrics(registry, List.of("word-count"));

    attempts.ended(attempt("retired"), RunOutcome.FAILED, Duration.ofSeconds(1));

    Scrape scrape = Scrape.of(new MetricsHandler(registry));
    assertThat(scrape.value("ss_job_runs_total{job_type=\"_other\",outcome=\"failed\"}"))
        .isEqualTo(1);
    assertThat(scrape.samples().keySet()).noneMatch(series -> series.contains("retired"));
  }

  private static Attempt attempt(String jobType) {
    Instant submitted = Instant.parse("2024-03-05T10:00:00Z");
    Instant runnable = submitted.plusSeconds(30);
    return new Attempt(
        new UUID(1, 2),
        jobType,
        1,
        1,
        3,
        submitted,
        runnable,
        runnable.plusMillis(2500),
        Optional.empty());
  }
}
