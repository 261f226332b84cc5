package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.SlidingWindowReservoir;
import org.junit.jupiter.api.Test;

/** OpenMetrics says of summaries: "Quantile values MUST NOT be negative". */
class NegativeQuantilesTest {
  @Test
  void aQuantileBelowZeroIsLeftOutOfItsSummary() {
    BridgeRegistry registry = new BridgeRegistry();
    Histogram balances =
        registry.register("balances", new Histogram(new SlidingWindowReservoir(4)));
    balances.update(-100);
    balances.update(-50);
    balances.update(-25);
    balances.update(50);

    Exposition scrape = Exposition.of(registry);

    assertThat(scrape.has("balances{quantile=\"0.5\"}")).isFalse();
    assertThat(scrape.value("balances{quantile=\"0.99\"}")).isEqualTo(50);
    assertThat(scrape.value("balances_count")).isEqualTo(4);
  }
}
