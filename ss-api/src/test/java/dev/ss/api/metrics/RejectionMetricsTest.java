package dev.ss.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.testkit.exposition.Scrape;
import org.junit.jupiter.api.Test;

class RejectionMetricsTest {
  @Test
  void everyReasonToRejectIsThereBeforeItApplies() {
    BridgeRegistry registry = new BridgeRegistry();
    RejectionMetrics rejections = new RejectionMetrics(registry);

    assertThat(Scrape.of(new MetricsHandler(registry)).samples())
        .hasSize(RejectionReason.values().length)
        .allSatisfy((series, value) -> assertThat(value).isZero());

    rejections.rejected(RejectionReason.TOO_LARGE);
    assertThat(
            Scrape.of(new MetricsHandler(registry))
                .value("ss_job_rejections_total{reason=\"too_large\"}"))
        .isEqualTo(1);
  }
}
