package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Meter;
import com.codahale.metrics.Timer;
import dev.ss.testkit.exposition.Scrape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScrapeTest {
  private static final int VALUES = 100_000;
  private static final FamilySpec<Meter> PARCELS =
      FamilySpec.counter("parcels_total", "Parcels handed over.");
  private static final Label<String> CITY =
      Label.ofSet("city", List.of("ulm", "jena", "kiel"), "_other");

  private final BridgeRegistry registry = new BridgeRegistry();

  @Test
  void anEmptyRegistryIsAnEmptyScrape() {
    assertThat(Exposition.text(registry)).isEmpty();
  }

  @Test
  void theOrderIsThatOfTheNamesWhateverCameFirst() {
    registry.timer("zebra");
    registry.family(PARCELS, CITY);
    registry.gauge("ant", () -> () -> 1);

    assertThat(Exposition.of(registry).families())
        .containsExactly("ant", "parcels_total", "zebra_seconds");
    assertThat(Exposition.of(registry).samples().keySet())
        .containsSubsequence(
            "parcels_total{city=\"jena\"}",
            "parcels_total{city=\"kiel\"}",
            "parcels_total{city=\"ulm\"}");
  }

  @Test
  void theOrderStaysWhenSeriesAreAdded() {
    Family1<String, Meter> parcels = registry.family(PARCELS, CITY);
    registry.timer("zebra");
    List<String> before = List.copyOf(Exposition.of(registry).samples().keySet());

    parcels.with("atlantis").mark();
    registry.gauge("parcels.lost", () -> () -> 1);

    assertThat(Exposition.of(registry).samples().keySet())
        .containsSubsequence(before)
        .hasSize(before.size() + 2);
  }

  @Test
  void twoScrapesOfTheSameStateAreTheSameText() {
    registry.family(PARCELS, CITY).with("ulm").mark();
    registry.timer("zebra").update(3, TimeUnit.SECONDS);

    assertThat(Exposition.text(registry)).isEqualTo(Exposition.text(registry));
  }

  @Test
  void nothingIsLostOrTakenBackWhileOthersRecord() throws Exception {
    Timer timer = registry.timer("work");
    Meter meter = registry.family(PARCELS, CITY).with("ulm");
    ExecutorService recorders = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> recording = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        recording.add(recorders.submit(() -> record(timer, meter)));
      }
      scrapeUntilDone(recording);
    } finally {
      recorders.shutdownNow();
    }

    Scrape end = Exposition.of(registry);
    assertThat(end.value("work_seconds_count")).isEqualTo(2 * VALUES);
    assertThat(end.value("parcels_total{city=\"ulm\"}")).isEqualTo(2 * VALUES);
    assertThat(end.value("work_seconds_bucket{le=\"0.005\"}")).isEqualTo(VALUES);
  }

  @Test
  void seriesMayComeAndGoDuringScrapes() throws Exception {
    registry.timer("work");
    ExecutorService others = Executors.newSingleThreadExecutor();
    try {
      Future<?> registering = others.submit(this::comeAndGo);
      while (!registering.isDone()) {
        assertThat(Exposition.of(registry).samples()).containsKey("work_seconds_count");
      }
      registering.get();
    } finally {
      others.shutdownNow();
    }
  }

  private void comeAndGo() {
    for (int i = 0; i < VALUES / 100; i++) {
      registry.timer("ant" + i);
      registry.meter("bee" + i);
      registry.gauge("zebra" + i, () -> () -> 1);
      registry.remove("ant" + (i - 1));
      registry.remove("bee" + (i - 1));
      registry.remove("zebra" + (i - 1));
    }
  }

  @Test
  void aCounterBelowZeroLosesOnlyItself() {
    registry.family(PARCELS, CITY).with("ulm").mark(-1);

    assertThat(Exposition.of(registry).samples())
        .containsKey("parcels_total{city=\"jena\"}")
        .doesNotContainKey("parcels_total{city=\"ulm\"}");
    assertThat(registry.snapshots().size()).isPositive();
    assertThat(
            Exposition.of(registry).value("metrics_bridge_dropped_total{metric=\"parcels_total\"}"))
        .isPositive();
  }

  /** Half of the values go into the first bucket and half into the last. */
  private static void record(Timer timer, Meter meter) {
    for (int i = 0; i < VALUES; i++) {
      timer.update(1, i % 2 == 0 ? TimeUnit.MILLISECONDS : TimeUnit.MINUTES);
      meter.mark();
    }
  }

  private void scrapeUntilDone(List<Future<?>> recording) throws Exception {
    Map<String, Double> before = Exposition.of(registry).samples();
    while (!recording.stream().allMatch(Future::isDone)) {
      Map<String, Double> now = Exposition.of(registry).samples();
      before.forEach(
          (series, value) -> assertThat(now.get(series)).as(series).isGreaterThanOrEqualTo(value));
      before = now;
    }
    for (Future<?> each : recording) {
      each.get();
    }
  }
}
