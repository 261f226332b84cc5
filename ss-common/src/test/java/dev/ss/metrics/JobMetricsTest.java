package dev.ss.metrics;

import static dev.ss.testkit.exposition.Scrape.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.job.JobEvent;
import dev.ss.testkit.exposition.Scrape;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
  private final BridgeRegistry registry = new BridgeRegistry();
  private final JobMetrics metrics =
      new JobMetrics(registry, JobMetrics.OF_WORKER, List.of("report"));

  @Test
  void everyEventThatTheProcessMakesHappenIsThereBeforeItDoes() {
    assertThat(scrape().samples())
        .containsExactlyInAnyOrderEntriesOf(
            Stream.of("started", "succeeded", "failed", "retried", "cancelled", "recovered")
                .collect(Collectors.toMap(event -> counter(event, "report"), event -> 0.0)));
  }

  @Test
  void anEventIsCountedForTheTypeOfItsJob() {
    metrics.happened(JobEvent.RECOVERED, "report");
    metrics.happened(JobEvent.RECOVERED, "removed");
    metrics.happened(JobEvent.RECOVERED, "removed-too");

    assertThat(scrape().value(counter("recovered", "report"))).isEqualTo(1);
    assertThat(scrape().value(counter("recovered", "_other"))).isEqualTo(2);
  }

  private Scrape scrape() {
    return Scrape.of(new MetricsHandler(registry));
  }

  private static String counter(String event, String jobType) {
    return series("ss_jobs_total", "event", event, "job_type", jobType);
  }
}
