package dev.ss.worker.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Exposition;
import dev.ss.config.RetentionSection;
import dev.ss.job.Job;
import dev.ss.job.WorkerStatus;
import dev.ss.store.Retention;
import dev.ss.store.TestStore;
import dev.ss.worker.metrics.MaintenanceMetrics;
import io.dropwizard.util.Duration;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
  private final BridgeRegistry registry = new BridgeRegistry();

  @TempDir private Path directory;
  private TestStore store;
  private Maintenance maintenance;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
  }

  @AfterEach
  void close() {
    maintenance.stop();
    // It lets a run that has begun finish, and that run has a connection.
    Awaitility.await().until(() -> !isRunning());
    store.close();
  }

  private static boolean isRunning() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("maintain"));
  }

  private void start(Duration keep) {
    maintenance =
        new Maintenance(
            new RetentionSection(keep, Duration.milliseconds(100)),
            new Retention(store.database()),
            store.workers(),
            new MaintenanceMetrics(registry),
            store.clock());
    maintenance.start();
  }

  private double success() {
    Exposition scrape = Exposition.of(registry);
    return scrape.families().contains("metrics_bridge_collector_success")
        ? scrape.value("metrics_bridge_collector_success{collector=\"maintain\"}")
        : -1;
  }

  private Job cancelled() {
    Job job = store.submit();
    store.control().cancel(job.id());
    return job;
  }

  @Test
  void finalJobsGoWhenTheirTimeIsOverInAsManyBatchesAsItTakes() {
    for (int i = 0; i < 1100; i++) {
      cancelled();
    }
    store.clock().advance(java.time.Duration.ofHours(1).plusMillis(1));
    Job later = cancelled();

    start(Duration.hours(1));

    Awaitility.await().until(() -> success() == 1);
    assertThat(store.rows("jobs")).hasSize(1);
    assertThat(store.jobs().find(later.id())).isPresent();
    assertThat(Exposition.of(registry).value("ss_jobs_deleted_total")).isEqualTo(1100);
  }

  @Test
  void zeroKeepsThemForEver() {
    cancelled();
    store.clock().advance(java.time.Duration.ofDays(4000));

    start(Duration.seconds(0));

    Awaitility.await().until(() -> success() == 1);
    assertThat(store.rows("jobs")).hasSize(1);
  }

  @Test
  void aWorkerIsForgottenAnHourAfterItsLastHeartbeat() {
    heardOf("long-gone");
    store.clock().advance(java.time.Duration.ofHours(1).plusMillis(1));
    heardOf("lately");

    start(Duration.days(7));

    Awaitility.await().until(() -> success() == 1);
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
  void aFailureIsShownAndItGoesOn() {
    store.without(
        "jobs",
        () -> {
          start(Duration.days(7));
          Awaitility.await().until(() -> success() == 0);
        });

    Awaitility.await().until(() -> success() == 1);
  }
}
