package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Meter;
import dev.ss.testkit.unit.CapturedLog;
import dev.ss.testkit.unit.Together;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A family does not grow without end, whatever its callers pass. */
class SeriesCapTest {
  private static final int CAP = 200;
  private static final String OVERFLOWS = "metrics_bridge_overflow_total{metric=\"parcels_total\"}";
  private static final FamilySpec<Meter> PARCELS =
      FamilySpec.counter("parcels_total", "Parcels handed over.");
  private static final Label<Integer> HOUSE = Label.ofType("house", Object::toString);
  private static final Label<Integer> FLOOR = Label.ofType("floor", Object::toString);

  private final BridgeRegistry registry = new BridgeRegistry();

  private Map<String, Double> parcels() {
    Map<String, Double> samples = new LinkedHashMap<>(Exposition.of(registry).samples());
    samples.keySet().removeIf(series -> !series.startsWith("parcels_total"));
    return samples;
  }

  private double sum() {
    return parcels().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  @Test
  void pastTheCapAValueNotSeenBecomesOther() {
    Family1<Integer, Meter> parcels = registry.family(PARCELS, HOUSE);
    for (int house = 0; house < CAP + 50; house++) {
      parcels.with(house).mark();
    }

    assertThat(parcels())
        .hasSize(CAP + 1)
        .containsEntry("parcels_total{house=\"199\"}", 1.0)
        .containsEntry("parcels_total{house=\"_other\"}", 50.0)
        .doesNotContainKey("parcels_total{house=\"200\"}");
    assertThat(sum()).isEqualTo(CAP + 50);
    assertThat(Exposition.of(registry).value(OVERFLOWS)).isEqualTo(50);
  }

  @Test
  void belowTheCapNothingIsCountedAsOverflow() {
    Family1<Integer, Meter> parcels = registry.family(PARCELS, HOUSE);
    for (int house = 0; house < CAP; house++) {
      parcels.with(house).mark();
    }

    assertThat(parcels()).hasSize(CAP);
    assertThat(Exposition.of(registry).has(OVERFLOWS)).isFalse();
  }

  @Test
  void aSeriesThatWasThereBeforeTheCapStaysItself() {
    Family1<Integer, Meter> parcels = registry.family(PARCELS, HOUSE);
    Meter first = parcels.with(0);
    IntStream.range(1, 2 * CAP).forEach(parcels::with);

    assertThat(parcels.with(0)).isSameAs(first);
  }

  @Test
  void onlyTheValuesThatWereNotSeenBecomeOther() {
    Family2<Integer, Integer, Meter> parcels = registry.family(PARCELS, HOUSE, FLOOR);
    for (int house = 0; house < CAP; house++) {
      parcels.with(house, 1).mark();
    }

    parcels.with(7, 99).mark();
    parcels.with(9999, 1).mark();

    assertThat(parcels())
        .containsEntry("parcels_total{floor=\"_other\",house=\"7\"}", 1.0)
        .containsEntry("parcels_total{floor=\"1\",house=\"_other\"}", 1.0);
  }

  @Test
  void aNewCombinationOfValuesThatWereAllSeenIsAllOther() {
    Family2<Integer, Integer, Meter> parcels = registry.family(PARCELS, HOUSE, FLOOR);
    for (int house = 0; house < CAP; house++) {
      parcels.with(house, house).mark();
    }

    parcels.with(1, 2).mark();

    assertThat(parcels())
        .hasSize(CAP + 1)
        .containsEntry("parcels_total{floor=\"_other\",house=\"_other\"}", 1.0);
  }

  @Test
  void thereIsOneWarning() {
    Family1<Integer, Meter> parcels = registry.family(PARCELS, HOUSE);

    try (CapturedLog log = CapturedLog.of(BridgeRegistry.class.getPackage())) {
      IntStream.range(0, 2 * CAP).forEach(parcels::with);

      assertThat(log.messages())
          .containsExactly(
              "WARN parcels_total has reached its cap of series; further label values become"
                  + " _other.");
    }
  }

  @Test
  void aMillionAttemptsPastTheCapAddNothing() {
    Family2<Integer, Integer, Meter> parcels = registry.family(PARCELS, HOUSE, FLOOR);
    int attempts = 1_000_000;
    for (int i = 0; i < 1_000; i++) {
      parcels.with(i, i).mark();
    }
    int metrics = registry.getMetrics().size();
    int series = Exposition.of(registry).samples().size();
    long heap = usedHeap();

    for (int i = 1_000; i < attempts; i++) {
      parcels.with(i, i).mark();
    }

    // One retained byte for each attempt would be as much.
    assertThat(usedHeap() - heap).isLessThan(attempts);

    assertThat(registry.getMetrics()).hasSize(metrics);
    assertThat(Exposition.of(registry).samples()).hasSize(series);
    assertThat(sum()).isEqualTo(attempts);
  }

  /** After a collection; what is left is retained. */
  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void combinationsWithOtherAreCappedToo() {
    Family2<Integer, Integer, Meter> parcels = registry.family(PARCELS, HOUSE, FLOOR);
    for (int house = 0; house < CAP; house++) {
      parcels.with(house, house).mark();
    }

    for (int i = 0; i < CAP; i++) {
      parcels.with(i, CAP + i).mark();
    }

    assertThat(parcels()).hasSizeBetween(CAP + 2, CAP + CAP / 10 + 2);
    assertThat(sum()).isEqualTo(2 * CAP);
  }

  @Test
  void knownLabelSetsMayBeMoreThanTheCap() {
    List<String> cities = IntStream.range(0, CAP + 50).mapToObj(i -> "city" + i).toList();
    Family1<String, Meter> parcels =
        registry.family(PARCELS, Label.ofSet("city", cities, "elsewhere"));

    assertThat(parcels()).hasSize(CAP + 50).containsEntry("parcels_total{city=\"city249\"}", 0.0);
    parcels.with("atlantis").mark();
    assertThat(parcels()).containsEntry("parcels_total{city=\"_other\"}", 1.0);
  }

  @Test
  void totalsStayTrueWhenThreadsOverflowTogether() throws Exception {
    Family1<Integer, Meter> parcels = registry.family(PARCELS, HOUSE);
    AtomicInteger next = new AtomicInteger();
    int threads = 4;
    int each = 5_000;

    Together.inThreads(
        threads,
        () -> {
          for (int i = 0; i < each; i++) {
            parcels.with(next.getAndIncrement() / 2).mark();
          }
          return null;
        });

    assertThat(sum()).isEqualTo(threads * each);
    assertThat(parcels()).hasSize(CAP + 1);
    assertThat(Exposition.of(registry).value(OVERFLOWS))
        .isEqualTo(parcels().get("parcels_total{house=\"_other\"}"));
  }
}
