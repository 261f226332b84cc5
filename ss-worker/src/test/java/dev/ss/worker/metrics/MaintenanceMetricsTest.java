package dev.ss.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.testkit.exposition.Scrape;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MaintenanceMetricsTest {
  private final BridgeRegistry registry = new BridgeRegistry();
  private final MaintenanceMetrics metrics = new MaintenanceMetrics(registry);

  @Test
  void nothingIsDeletedYet() {
    assertThat(Scrape.of(new MetricsHandler(registry)).value("ss_jobs_deleted_total")).isZero();
  }

  @Test
  void whatIsDeletedAddsUp() {
    metrics.deleted(500);
    metrics.deleted(3);

    assertThat(Scrape.of(new MetricsHandler(registry)).value("ss_jobs_deleted_total"))
        .isEqualTo(503);
  }

  @Test
  void whetherItSucceededIsToldAsForAnyCollector() {
    metrics.succeeded(Duration.ofMillis(4));
    assertThat(success()).isEqualTo(1);

    metrics.failed(Duration.ofSeconds(2));
    assertThat(success()).isZero();
  }

  private double success() {
    return Scrape.of(new MetricsHandler(registry))
        .value("metrics_bridge_collector_success{collector=\"maintain\"}");
  }
}
