package dev.ss.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.unit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobTypeMetricsTest {
  private static final String LAST_SUCCESS = "ss_job_last_success_timestamp_seconds";

  private final SettableClock clock = new SettableClock();
  private final BridgeRegistry registry = new BridgeRegistry();
  private final JobTypeMetrics metrics =
      new JobTypeMetrics(
          registry, List.of("word-count", "checksum"), Duration.ofSeconds(15), clock);

  private Map<String, Double> lastSuccesses() {
    return Scrape.of(new MetricsHandler(registry)).named(LAST_SUCCESS);
  }

  @Test
  void aTypeThatHasNeverSucceededIsAbsent() {
    assertThat(lastSuccesses()).isEmpty();

    metrics.read(
        Map.of("word-count", Instant.ofEpochMilli(1_500), "retired", Instant.ofEpochMilli(1)));

    assertThat(lastSuccesses()).isEqualTo(Map.of(LAST_SUCCESS + "{job_type=\"word-count\"}", 1.5));
  }

  @Test
  void whatWasReadLongAgoIsAbsentUntilItIsReadAgain() {
    metrics.read(Map.of("word-count", Instant.ofEpochMilli(1_500)));
    clock.advance(Duration.ofSeconds(15));
    assertThat(lastSuccesses()).isNotEmpty();

    clock.advance(Duration.ofMillis(1));

    assertThat(lastSuccesses()).isEmpty();
  }

  @Test
  void aLimitIsKnownWithoutTheDatabase() {
    JobTypeMetrics.limits(registry, Map.of("word-count", Duration.ofHours(26)));

    assertThat(
            Scrape.of(new MetricsHandler(registry))
                .named("ss_job_type_success_interval_limit_seconds"))
        .isEqualTo(
            Map.of(
                "ss_job_type_success_interval_limit_seconds{job_type=\"word-count\"}", 93_600.0));
  }
}
