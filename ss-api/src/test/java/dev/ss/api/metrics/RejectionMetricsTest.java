package dev.ss.api.metrics;

import static dev.ss.testkit.exposition.Scrape.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.testkit.exposition.Scrape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RejectionMetricsTest {
  private final BridgeRegistry registry = new BridgeRegistry();
  private final RejectionMetrics rejections = new RejectionMetrics(registry, List.of("report"));

  @Test
  void everyReasonToRejectIsThereBeforeItApplies() {
    assertThat(scrape().samples())
        .hasSize(RejectionReason.values().length)
        .allSatisfy((series, value) -> assertThat(value).isZero());
  }

  @Test
  void aRejectionIsCountedForTheTypeThatTheSubmissionNames() {
    rejections.rejected(RejectionReason.TOO_LARGE, Optional.of("report"));
    rejections.rejected(RejectionReason.TOO_LARGE, Optional.of("removed"));
    rejections.rejected(RejectionReason.TOO_LARGE, Optional.empty());

    assertThat(scrape().value(counter("report"))).isEqualTo(1);
    assertThat(scrape().value(counter("_other"))).isEqualTo(2);
  }

  private Scrape scrape() {
    return Scrape.of(new MetricsHandler(registry));
  }

  private static String counter(String jobType) {
    return series("ss_job_rejections_total", "reason", "too_large", "job_type", jobType);
  }
}
