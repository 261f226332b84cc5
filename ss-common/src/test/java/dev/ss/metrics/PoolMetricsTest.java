package dev.ss.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.testkit.exposition.Scrape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolMetricsTest {
  @Test
  void thePoolsConnectionsAndTheThreadsThatWaitForThemAreReadAtTheScrape() {
    BridgeRegistry registry = new BridgeRegistry();

    PoolMetrics.register(registry, "write", () -> 1, () -> 2, () -> 4, () -> 3);

    assertThat(Scrape.of(new MetricsHandler(registry)).samples())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ss_db_pool_connections{pool=\"write\",state=\"active\"}", 1.0,
                "ss_db_pool_connections{pool=\"write\",state=\"idle\"}", 2.0,
                "ss_db_pool_connections{pool=\"write\",state=\"max\"}", 4.0,
                "ss_db_pool_waiting{pool=\"write\"}", 3.0));
  }
}
