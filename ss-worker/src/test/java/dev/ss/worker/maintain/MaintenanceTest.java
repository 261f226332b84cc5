package dev.ss.worker.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.job.Job;
import dev.ss.job.WorkerStatus;
import dev.ss.store.Retention;
import dev.ss.store.TestStore;
import dev.ss.store.Uploads;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.worker.metrics.MaintenanceMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
  private static final int BATCH = 2;

  private final BridgeRegistry registry = new BridgeRegistry();
  private final MaintenanceMetrics metrics = new MaintenanceMetrics(registry);

  @TempDir private Path directory;
  private TestStore store;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Maintenance keeping(Optional<Duration> finalJobs) {
    return new Maintenance(
        finalJobs,
        BATCH,
        new Retention(store.database()),
        new Uploads(store.database()),
        store.workers(),
        metrics,
        store.clock());
  }

  private Scrape scrape() {
    return Scrape.of(new MetricsHandler(registry));
  }

  private double success() {
    return scrape().value("metrics_bridge_collector_success{collector=\"maintain\"}");
  }

  private Job cancelled() {
    Job job = store.submit();
    store.control().cancel(job.id(), Optional.empty());
    return job;
  }

  @Test
  void finalJobsGoWhenTheirTimeIsOverInAsManyBatchesAsItTakes() {
    for (int i = 0; i < 2 * BATCH + 1; i++) {
      cancelled();
    }
    store.clock().advance(Duration.ofHours(1).plusMillis(1));
    Job later = cancelled();

    keeping(Optional.of(Duration.ofHours(1))).run();

    assertThat(success()).isEqualTo(1);
    assertThat(store.rows("jobs")).hasSize(1);
    assertThat(store.jobs().find(later.id())).isPresent();
    assertThat(scrape().value("ss_jobs_deleted_total")).isEqualTo(2 * BATCH + 1);
  }

  @Test
  void aWorkerThatStopsDeletesNoFurtherBatch() {
    for (int i = 0; i < 2 * BATCH; i++) {
      cancelled();
    }
    store.clock().advance(Duration.ofHours(1).plusMillis(1));
    Maintenance maintenance = keeping(Optional.of(Duration.ofHours(1)));

    maintenance.stop();
    maintenance.run();

    assertThat(store.rows("jobs")).hasSize(BATCH);
  }

  @Test
  void withoutALimitTheyStayForEver() {
    cancelled();
    store.clock().advance(Duration.ofDays(4000));

    keeping(Optional.empty()).run();

    assertThat(success()).isEqualTo(1);
    assertThat(store.rows("jobs")).hasSize(1);
  }

  @Test
  void aWorkerIsForgottenAnHourAfterItsLastHeartbeat() {
    heardOf("long-gone");
    store.clock().advance(Duration.ofHours(1).plusMillis(1));
    heardOf("lately");

    keeping(Optional.empty()).run();

    assertThat(store.workers().list()).extracting(WorkerStatus::id).containsExactly("lately");
  }

  private void heardOf(String id) {
    Instant now = store.clock().instant();
    store
        .workers()
        .beat(
            new WorkerStatus(id, false, 1, 0, List.of("any"), now, now, Optional.empty()),
            new UUID(1, 1));
  }

  @Test
  void aFailureIsShownUntilItSucceedsAgain() {
    Maintenance maintenance = keeping(Optional.of(Duration.ofDays(7)));

    store.without(
        "jobs", () -> assertThatThrownBy(maintenance::run).isInstanceOf(RuntimeException.class));
    assertThat(success()).isZero();

    maintenance.run();
    assertThat(success()).isEqualTo(1);
  }
}
