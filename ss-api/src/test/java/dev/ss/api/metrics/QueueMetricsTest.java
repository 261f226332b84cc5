package dev.ss.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.job.QueueState;
import dev.ss.job.QueueStats;
import dev.ss.job.QueueStats.Count;
import dev.ss.job.WorkerState;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.unit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QueueMetricsTest {
  private static final QueueStats NUMBERS =
      new QueueStats(
          List.of(
              new Count("word-count", QueueState.READY, 3, Duration.ofMillis(1500)),
              new Count("removed-type", QueueState.READY, 2, Duration.ofSeconds(4)),
              new Count("another-removed-type", QueueState.READY, 1, Duration.ofSeconds(9))),
          List.of(),
          Map.of(WorkerState.LIVE, 2L),
          Map.of("word-count", 2L, "removed-type", 1L),
          Map.of("word-count", Instant.EPOCH));

  private final SettableClock clock = new SettableClock();
  private final BridgeRegistry registry = new BridgeRegistry();
  private final QueueMetrics metrics =
      new QueueMetrics(registry, List.of("word-count"), Duration.ofSeconds(15), clock);

  @Test
  void beforeTheFirstCountNothingIsKnown() {
    assertThat(Scrape.of(new MetricsHandler(registry)).families()).isEmpty();
  }

  @Test
  void whatIsKnownIsShownAndTheRestIsZero() {
    metrics.counted(NUMBERS, Duration.ofMillis(4));

    Scrape scrape = Scrape.of(new MetricsHandler(registry));
    assertThat(jobs(scrape, "word-count", "ready")).isEqualTo(3);
    assertThat(jobs(scrape, "word-count", "running")).isZero();
    assertThat(jobs(scrape, "word-count", "scheduled")).isZero();
    assertThat(age(scrape, "ready", "word-count")).isEqualTo(1.5);
    assertThat(age(scrape, "running", "word-count")).isZero();
    assertThat(scrape.value("ss_job_type_live_workers{job_type=\"word-count\"}")).isEqualTo(2);
    assertThat(scrape.value("ss_job_type_paused{job_type=\"word-count\"}")).isEqualTo(1);
    assertThat(scrape.value("ss_workers{state=\"live\"}")).isEqualTo(2);
    assertThat(scrape.value("ss_workers{state=\"stale\"}")).isZero();
    assertThat(scrape.value("metrics_bridge_collector_duration_seconds{collector=\"queue\"}"))
        .isEqualTo(.004);
  }

  @Test
  void jobsOfTypesThatAreNotConfiguredAreCountedTogether() {
    metrics.counted(NUMBERS, Duration.ZERO);

    Scrape scrape = Scrape.of(new MetricsHandler(registry));
    assertThat(jobs(scrape, "_other", "ready")).isEqualTo(3);
    assertThat(age(scrape, "ready", "_other")).isEqualTo(9);
    assertThat(scrape.named("ss_job_type_live_workers")).hasSize(1);
  }

  @Test
  void theLimitOfATypeIsKnownWithoutACount() {
    QueueMetrics.runningLimit(registry, "word-count", Optional.of(4));
    QueueMetrics.runningLimit(registry, "report", Optional.empty());

    assertThat(Scrape.of(new MetricsHandler(registry)).named("ss_job_type_running_limit"))
        .isEqualTo(
            Map.of(
                "ss_job_type_running_limit{job_type=\"word-count\"}",
                4.0,
                "ss_job_type_running_limit{job_type=\"report\"}",
                Double.POSITIVE_INFINITY));
  }

  @Test
  void aCountThatIsTooOldIsNotShown() {
    metrics.counted(NUMBERS, Duration.ZERO);
    clock.advance(Duration.ofSeconds(15));
    assertThat(Scrape.of(new MetricsHandler(registry)).families())
        .contains("ss_queue_jobs", "ss_workers");

    clock.advance(Duration.ofMillis(1));
    assertThat(Scrape.of(new MetricsHandler(registry)).families())
        .doesNotContain("ss_queue_jobs", "ss_workers", "ss_queue_oldest_ready_age_seconds")
        .contains("metrics_bridge_collector_last_success_timestamp_seconds");
  }

  @Test
  void aCountThatFailsLeavesTheLastOneUntilItIsTooOld() {
    metrics.counted(NUMBERS, Duration.ZERO);
    metrics.failed(Duration.ofSeconds(2));

    Scrape scrape = Scrape.of(new MetricsHandler(registry));
    assertThat(scrape.value("metrics_bridge_collector_success{collector=\"queue\"}")).isZero();
    assertThat(jobs(scrape, "word-count", "ready")).isEqualTo(3);
  }

  @Test
  void theLimitIsKnownWithoutACount() {
    QueueMetrics.limit(registry, OptionalLong.of(7));

    assertThat(Scrape.of(new MetricsHandler(registry)).value("ss_queue_limit_jobs")).isEqualTo(7);
  }

  @Test
  void noLimitIsBeyondEveryDepth() {
    QueueMetrics.limit(registry, OptionalLong.empty());

    assertThat(Scrape.of(new MetricsHandler(registry)).value("ss_queue_limit_jobs"))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void whatIsQueuedIsWhatIsNotRunning() {
    QueueStats numbers =
        new QueueStats(
            List.of(
                new Count("a", QueueState.READY, 3, Duration.ZERO),
                new Count("b", QueueState.SCHEDULED, 20, Duration.ZERO),
                new Count("a", QueueState.RUNNING, 100, Duration.ZERO)),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of());

    assertThat(numbers.queued()).isEqualTo(23);
  }

  private static double age(Scrape scrape, String state, String jobType) {
    return scrape.value(
        "ss_queue_oldest_%s_age_seconds{job_type=\"%s\"}".formatted(state, jobType));
  }

  private static double jobs(Scrape scrape, String jobType, String state) {
    return scrape.value("ss_queue_jobs{job_type=\"%s\",state=\"%s\"}".formatted(jobType, state));
  }
}
