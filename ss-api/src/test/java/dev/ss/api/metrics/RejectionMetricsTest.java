package dev.ss.api.metrics;

import static dev.ss.testkit.exposition.Scrape.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.testkit.exposition.Scrape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RejectionMetricsTest {
  private final BridgeRegistry registry = new BridgeRegistry();
  private final RejectionMetrics rejections = new RejectionMetrics(registry, List.of("report"));

  @Test
  void theReasonsThatAreNoFaultOfClientsAreCountedFromZero() {
    assertThat(scrape().samples())
        .isEqualTo(
            Map.of(counter("queue_full", "report"), 0.0, counter("unavailable", "report"), 0.0));
  }

  @Test
  void aRejectionIsCountedForTheTypeThatTheSubmissionNames() {
    rejections.rejected(RejectionReason.TOO_LARGE, Optional.of("report"));
    rejections.rejected(RejectionReason.TOO_LARGE, Optional.of("removed"));
    rejections.rejected(RejectionReason.TOO_LARGE, Optional.empty());

    assertThat(scrape().value(counter("too_large", "report"))).isEqualTo(1);
    assertThat(scrape().value(counter("too_large", "_other"))).isEqualTo(2);
  }

  private Scrape scrape() {
    return Scrape.of(new MetricsHandler(registry));
  }

  private static String counter(String reason, String jobType) {
    return series("ss_job_rejections_total", "reason", reason, "job_type", jobType);
  }
}
