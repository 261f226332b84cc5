package dev.ss.api.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.api.metrics.JobTypeMetrics;
import dev.ss.api.metrics.QueueMetrics;
import dev.ss.api.submit.QueueLimit;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.job.QueueStats;
import dev.ss.store.JobTypeStates;
import dev.ss.store.QueueStatsQuery;
import dev.ss.store.TestStore;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.unit.SettableNanos;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueWatchTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final BridgeRegistry registry = new BridgeRegistry();
  @TempDir private Path directory;
  private final List<QueueStats> counts = new ArrayList<>();
  private TestStore store;
  private QueueWatch watch;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    watch =
        new QueueWatch(
            new QueueStatsQuery(store.database(), store.workers(), INTERVAL, store.clock()),
            new QueueMetrics(registry, List.of("word-count"), INTERVAL, store.clock()),
            new QueueLimit(OptionalLong.empty(), INTERVAL, INTERVAL, store.clock()),
            new JobTypeStates(store.database()),
            new JobTypeMetrics(registry, List.of("word-count"), INTERVAL, store.clock()),
            counts::add,
            new SettableNanos());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private double success() {
    return Scrape.of(new MetricsHandler(registry))
        .value("metrics_bridge_collector_success{collector=\"queue\"}");
  }

  @Test
  void aRunCountsTheQueue() {
    store.submit();

    watch.run();

    assertThat(success()).isEqualTo(1);
    assertThat(counts).extracting(QueueStats::queued).containsExactly(1L);
    assertThat(
            Scrape.of(new MetricsHandler(registry))
                .value("ss_queue_jobs{job_type=\"word-count\",state=\"ready\"}"))
        .isEqualTo(1);
  }

  @Test
  void aRunReadsTheLastSuccesses() {
    store.jobTypeStates().succeeded(Map.of("word-count", Instant.ofEpochSecond(7)));

    watch.run();

    assertThat(
            Scrape.of(new MetricsHandler(registry))
                .value("ss_job_last_success_timestamp_seconds{job_type=\"word-count\"}"))
        .isEqualTo(7);
  }

  @Test
  void aCountThatFailsIsShownUntilOneSucceeds() {
    store.without(
        "jobs", () -> assertThatThrownBy(watch::run).isInstanceOf(RuntimeException.class));

    assertThat(success()).isZero();
    watch.run();
    assertThat(success()).isEqualTo(1);
  }
}
