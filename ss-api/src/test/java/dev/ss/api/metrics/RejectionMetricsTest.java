package dev.ss.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Exposition;
import org.junit.jupiter.api.Test;

class RejectionMetricsTest {
  @Test
  void everyReasonToRejectIsThereBeforeItApplies() {
    BridgeRegistry registry = new BridgeRegistry();
    RejectionMetrics rejections = new RejectionMetrics(registry);

    assertThat(Exposition.of(registry).samples())
        .hasSize(RejectionReason.values().length)
        .allSatisfy((series, value) -> assertThat(value).isZero());

    rejections.rejected(RejectionReason.TOO_LARGE);
    assertThat(Exposition.of(registry).value("ss_job_rejections_total{reason=\"too_large\"}"))
        .isEqualTo(1);
  }
}
