package dev.ss.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.unit.SettableClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerMetricsTest {
  private final BridgeRegistry registry = new BridgeRegistry();
  private final SettableClock clock = new SettableClock();
  private final AtomicInteger inflight = new AtomicInteger();
  private final WorkerMetrics metrics =
      new WorkerMetrics(
          registry, "w-7", 4, inflight::get, new BusySeconds(System::nanoTime), clock);

  private double value(String name) {
    return Scrape.of(new MetricsHandler(registry)).value(name + "{worker_id=\"w-7\"}");
  }

  @Test
  void aWorkerThatHasJustStartedIsUpAndIdle() {
    assertThat(value("ss_worker_up")).isEqualTo(1);
    assertThat(value("ss_worker_slots")).isEqualTo(4);
    assertThat(value("ss_worker_inflight_jobs")).isZero();
    assertThat(value("ss_worker_draining")).isZero();
    assertThat(value("ss_worker_busy_seconds_total")).isZero();
  }

  @Test
  void whatHasNotHappenedYetHappenedAtZero() {
    assertThat(value("ss_worker_last_poll_timestamp_seconds")).isZero();
    assertThat(value("ss_worker_last_heartbeat_timestamp_seconds")).isZero();
  }

  @Test
  void thePollAndTheHeartbeatAreToldInUnixTime() {
    metrics.polled();
    double polled = clock.millis() / 1e3;
    clock.advance(Duration.ofMillis(1500));
    metrics.heartbeat();

    assertThat(value("ss_worker_last_poll_timestamp_seconds")).isEqualTo(polled);
    assertThat(value("ss_worker_last_heartbeat_timestamp_seconds"))
        .isEqualTo(clock.millis() / 1e3)
        .isGreaterThan(polled);
  }

  @Test
  void jobsInFlightAreReadAtTheScrape() {
    inflight.set(3);

    assertThat(value("ss_worker_inflight_jobs")).isEqualTo(3);
  }

  @Test
  void aWorkerThatDrainsSaysSo() {
    metrics.draining();

    assertThat(value("ss_worker_draining")).isEqualTo(1);
  }
}
