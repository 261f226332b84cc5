package dev.ss.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.job.JobEvent;
import dev.ss.testkit.exposition.Scrape;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
  private final BridgeRegistry registry = new BridgeRegistry();

  @Test
  void everyEventIsThereBeforeItHappens() {
    JobMetrics metrics = new JobMetrics(registry);

    assertThat(Scrape.of(new MetricsHandler(registry)).samples())
        .containsExactlyInAnyOrderEntriesOf(
            Stream.of(
                    "created",
                    "deduplicated",
                    "started",
                    "succeeded",
                    "failed",
                    "retried",
                    "cancelled",
                    "recovered")
                .collect(Collectors.toMap("ss_jobs_total{event=\"%s\"}"::formatted, event -> 0.0)));

    metrics.happened(JobEvent.RECOVERED);
    assertThat(Scrape.of(new MetricsHandler(registry)).value("ss_jobs_total{event=\"recovered\"}"))
        .isEqualTo(1);
  }
}
