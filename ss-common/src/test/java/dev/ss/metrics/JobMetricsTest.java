package dev.ss.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.job.Attempt;
import dev.ss.job.JobEvent;
import dev.ss.job.RunOutcome;
import dev.ss.testkit.exposition.Scrape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
  private final BridgeRegistry registry = new BridgeRegistry();

  private static Map<String, Double> atZero(String series, String... values) {
    return Stream.of(values)
        .collect(Collectors.toMap(series::formatted, value -> 0.0, (a, b) -> a));
  }

  @Test
  void everyEventIsThereBeforeItHappens() {
    JobMetrics metrics = new JobMetrics(registry);

    assertThat(Scrape.of(new MetricsHandler(registry)).samples())
        .containsExactlyInAnyOrderEntriesOf(
            atZero(
                "ss_jobs_total{event=\"%s\"}",
                "created",
                "deduplicated",
                "started",
                "succeeded",
                "failed",
                "retried",
                "cancelled",
                "recovered"));

    metrics.happened(JobEvent.RECOVERED);
    assertThat(Scrape.of(new MetricsHandler(registry)).value("ss_jobs_total{event=\"recovered\"}"))
        .isEqualTo(1);
  }

  @Test
  void everyReasonToRejectIsThereBeforeItApplies() {
    JobMetrics.Rejections rejections = new JobMetrics.Rejections(registry);

    assertThat(Scrape.of(new MetricsHandler(registry)).samples())
        .hasSize(RejectionReason.values().length)
        .allSatisfy((series, value) -> assertThat(value).isZero());

    rejections.rejected(RejectionReason.TOO_LARGE);
    assertThat(
            Scrape.of(new MetricsHandler(registry))
                .value("ss_job_rejections_total{reason=\"too_large\"}"))
        .isEqualTo(1);
  }

  @Test
  void everyOutcomeOfEveryJobTypeIsThereBeforeItsFirstRun() {
    new JobMetrics.Runs(registry, List.of("checksum", "word-count"));

    Scrape scrape = Scrape.of(new MetricsHandler(registry));
    for (String type : List.of("checksum", "word-count")) {
      for (String outcome :
          List.of("succeeded", "failed", "timed_out", "cancelled", "interrupted", "lost")) {
        String labels = "{job_type=\"%s\",outcome=\"%s\"}".formatted(type, outcome);
        assertThat(scrape.value("ss_job_runs_total" + labels)).isZero();
        assertThat(scrape.value("ss_job_run_duration_seconds_count" + labels)).isZero();
        assertThat(scrape.value("ss_job_end_to_end_seconds_count" + labels)).isZero();
      }
      assertThat(scrape.value("ss_job_queue_wait_seconds_count{job_type=\"%s\"}".formatted(type)))
          .isZero();
    }
  }

  @Test
  void anAttemptIsMeasuredFromWhenItCouldRunToItsEnd() {
    JobMetrics.Runs runs = new JobMetrics.Runs(registry, List.of("word-count"));
    Attempt attempt = attempt("word-count");

    runs.started(attempt);
    runs.ended(attempt, RunOutcome.TIMED_OUT, Duration.ofMinutes(1));
    runs.completed(attempt, RunOutcome.TIMED_OUT, Duration.ofSeconds(100));

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
    JobMetrics.Runs runs = new JobMetrics.Runs(registry, List.of("word-count"));

    runs.ended(attempt("retired"), RunOutcome.FAILED, Duration.ofSeconds(1));

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
