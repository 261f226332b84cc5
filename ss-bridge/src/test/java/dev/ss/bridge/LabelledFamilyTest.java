package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import dev.ss.testkit.exposition.Scrape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledFamilyTest {
  private static final FamilySpec<Meter> PARCELS =
      FamilySpec.counter("parcels_total", "Parcels handed over.");
  private static final FamilySpec<BucketTimer> RIDES =
      FamilySpec.histogram("ride_seconds", Buckets.ofSeconds(1, 60), "How long rides took.");
  private static final FamilySpec<Gauge<?>> LOAD = FamilySpec.gauge("load", "How much is aboard.");

  private static final Label<Size> SIZE = Label.ofEnum("size", Size.class);
  private static final Label<String> CITY = Label.ofSet("city", List.of("ulm", "jena"), "_other");
  private static final Label<Integer> FLOOR = Label.ofType("floor", Object::toString);

  private final BridgeRegistry registry = new BridgeRegistry();

  enum Size {
    SMALL,
    VERY_LARGE
  }

  @Test
  void knownValuesAreThereAtZeroFromTheStart() {
    registry.family(PARCELS, SIZE, CITY);

    assertThat(Exposition.of(registry).samples())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "parcels_total{city=\"jena\",size=\"small\"}", 0.0,
                "parcels_total{city=\"jena\",size=\"very_large\"}", 0.0,
                "parcels_total{city=\"ulm\",size=\"small\"}", 0.0,
                "parcels_total{city=\"ulm\",size=\"very_large\"}", 0.0));
  }

  @Test
  void valuesThatAreNotKnownAppearWhenTheyFirstHappen() {
    Family3<Size, String, Integer, Meter> parcels = registry.family(PARCELS, SIZE, CITY, FLOOR);
    assertThat(Exposition.of(registry).families()).isEmpty();

    parcels.with(Size.SMALL, "ulm", 7).mark(3);

    assertThat(Exposition.of(registry).samples())
        .containsExactly(Map.entry("parcels_total{city=\"ulm\",floor=\"7\",size=\"small\"}", 3.0));
  }

  @Test
  void aValueOutsideItsSetIsCountedAsOther() {
    Family1<String, Meter> parcels = registry.family(PARCELS, CITY);

    parcels.with("ulm").mark();
    parcels.with("atlantis").mark();
    parcels.with("utopia").mark();

    Scrape scrape = Exposition.of(registry);
    assertThat(scrape.value("parcels_total{city=\"ulm\"}")).isEqualTo(1);
    assertThat(scrape.value("parcels_total{city=\"_other\"}")).isEqualTo(2);
    assertThat(scrape.samples()).hasSize(3);
  }

  @Test
  void aLabelMayHaveValuesWhoseSeriesBeginWithTheirFirstUse() {
    Family2<String, Size, Meter> parcels =
        registry.family(
            PARCELS, CITY, Label.ofEnum("size", Size.class, EnumSet.of(Size.VERY_LARGE)));

    assertThat(Exposition.of(registry).samples().keySet())
        .containsExactlyInAnyOrder(
            "parcels_total{city=\"jena\",size=\"very_large\"}",
            "parcels_total{city=\"ulm\",size=\"very_large\"}");

    parcels.with("ulm", Size.SMALL).mark();
    assertThat(Exposition.of(registry).value("parcels_total{city=\"ulm\",size=\"small\"}"))
        .isEqualTo(1);
  }

  @Test
  void theCapHasRoomForEachKnownValueThatBeginsLater() {
    BridgeRegistry small =
        new BridgeRegistry(new BridgeSettings(1, Duration.ofSeconds(1), Duration.ofSeconds(1)));
    Family1<Size, Meter> parcels =
        small.family(PARCELS, Label.ofEnum("size", Size.class, EnumSet.noneOf(Size.class)));

    for (Size size : Size.values()) {
      parcels.with(size).mark();
    }

    assertThat(Exposition.of(small).samples()).hasSize(Size.values().length);
    small.close();
  }

  @Test
  void aSeriesIsTheSameMetricHoweverOftenItIsAskedFor() {
    Family1<Size, BucketTimer> rides = registry.family(RIDES, SIZE);

    assertThat(rides.with(Size.SMALL))
        .isSameAs(rides.with(Size.SMALL))
        .isNotSameAs(rides.with(Size.VERY_LARGE));
  }

  @Test
  void aFamilysHistogramHasItsOwnBuckets() {
    registry.family(RIDES, SIZE).with(Size.SMALL).update(Duration.ofSeconds(30));

    Scrape scrape = Exposition.of(registry);
    assertThat(scrape.value("ride_seconds_bucket{size=\"small\",le=\"1.0\"}")).isZero();
    assertThat(scrape.value("ride_seconds_bucket{size=\"small\",le=\"60.0\"}")).isEqualTo(1);
    assertThat(scrape.value("ride_seconds_bucket{size=\"small\",le=\"+Inf\"}")).isEqualTo(1);
    assertThat(scrape.value("ride_seconds_sum{size=\"small\"}")).isEqualTo(30);
  }

  @Test
  void aHistogramMayHaveACounterThatCountsTheSame() {
    Family1<String, BucketTimer> rides =
        registry.family(
            FamilySpec.histogram(
                "ride_seconds", Buckets.LATENCY, FamilySpec.counter("rides_total", "Rides."), "H."),
            CITY);

    rides.with("ulm").update(Duration.ofSeconds(1));
    rides.with("ulm").update(-1, Optional.empty());
    rides.with("ulm").update(-1, TimeUnit.NANOSECONDS); // which Codahale leaves out

    Scrape scrape = Exposition.of(registry);
    assertThat(scrape.value("rides_total{city=\"jena\"}")).isZero();
    assertThat(scrape.value("rides_total{city=\"ulm\"}")).isEqualTo(2);
    assertThat(scrape.value("ride_seconds_count{city=\"ulm\"}")).isEqualTo(2);
    assertThat(registry.getMeters().get("rides_total{city=\"ulm\"}").getCount()).isEqualTo(2);
  }

  @Test
  void otherReportersSeeTheSeriesToo() {
    registry.family(PARCELS, CITY).with("ulm").mark();

    assertThat(registry.getMeters().get("parcels_total{city=\"ulm\"}").getCount()).isEqualTo(1);
  }

  @Test
  void aValueToReadIsReadAtEachScrape() {
    List<Integer> values = new ArrayList<>(List.of(3, 5));
    registry.read(LOAD, () -> values.remove(0), SIZE.is(Size.VERY_LARGE));

    assertThat(Exposition.of(registry).value("load{size=\"very_large\"}")).isEqualTo(3);
    assertThat(Exposition.of(registry).value("load{size=\"very_large\"}")).isEqualTo(5);
  }

  @Test
  void aCounterMayBeReadFromSomewhereElse() {
    registry.read(FamilySpec.readCounter("busy_seconds_total", "Time in use."), () -> 1.5);

    Scrape scrape = Exposition.of(registry);
    assertThat(scrape.type("busy_seconds_total")).isEqualTo("counter");
    assertThat(scrape.value("busy_seconds_total")).isEqualTo(1.5);
  }

  /** OpenMetrics has the unit at the very end of a name. */
  @Test
  void aGaugeHasTheUnitThatItsWholeNameEndsIn() {
    registry.read(FamilySpec.gauge("busy_seconds_total", "Time in use."), () -> 1.5);
    registry.read(FamilySpec.gauge("idle_seconds", "Time out of use."), () -> 2.5);

    assertThat(Exposition.openMetrics(registry))
        .contains("# UNIT idle_seconds seconds\n", "busy_seconds_total 1.5\n")
        .doesNotContain("# UNIT busy");
  }

  @Test
  void aLabelsValueIsEscaped() {
    registry.read(LOAD, () -> 1, Label.<String>ofType("text", same -> same).is("a\"b\\c\nd"));

    assertThat(Exposition.text(registry)).contains("load{text=\"a\\\"b\\\\c\\nd\"} 1.0");
  }

  @Test
  void aNameIsOneKindOfMetricOnly() {
    registry.read(FamilySpec.gauge("parcels_total", "A gauge in a counter's clothes."), () -> 1);

    assertThatThrownBy(() -> registry.family(PARCELS, CITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parcels_total is already a GAUGE");
  }

  @Test
  void twoFamiliesOfOneNameNeedTheSameLabels() {
    registry.family(PARCELS, CITY);
    assertThat(registry.family(PARCELS, CITY)).isNotNull();

    assertThatThrownBy(() -> registry.family(PARCELS, CITY, SIZE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parcels_total has the labels [city], and not [city, size]");
  }

  @Test
  void aFamilyDeclaredTwiceIsTheSame() {
    Meter meter = registry.family(PARCELS, CITY).with("ulm");

    assertThat(registry.family(PARCELS, CITY).with("ulm")).isSameAs(meter);
  }

  @Test
  void aFamilyDeclaredOtherwiseIsRefusedWhenItIsDeclared() {
    registry.family(PARCELS, CITY, SIZE);
    registry.family(RIDES, CITY);

    assertThatThrownBy(() -> registry.family(PARCELS, SIZE, CITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels in the order [city, size]");
    FamilySpec<Histogram> sizes = FamilySpec.sizes(RIDES.name(), Buckets.SIZES, "Rides.");
    assertThatThrownBy(() -> registry.family(sizes, CITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("recorded by a BucketTimer");
  }

  @Test
  void aFamilyCannotHaveALabelTwice() {
    assertThatThrownBy(() -> registry.family(PARCELS, CITY, CITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parcels_total has two labels of the same name: [city, city]");
    assertThatThrownBy(() -> registry.read(LOAD, () -> 1, SIZE.is(Size.SMALL), SIZE.is(Size.SMALL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("load has two labels of the same name: [size, size]");
  }

  /** A sum over all of them would count twice what both count. */
  @Test
  void aMetricOfOthersDoesNotJoinADeclaredFamily() {
    Family1<Integer, Meter> parcels = registry.family(PARCELS, FLOOR);
    registry.meter("parcels").mark(5);
    parcels.with(7).mark();

    Scrape scrape = Exposition.of(registry);
    assertThat(scrape.value("parcels_total{floor=\"7\"}")).isEqualTo(1);
    assertThat(scrape.has("parcels_total")).isFalse();
    assertThat(scrape.value("metrics_bridge_dropped_total{metric=\"parcels\"}")).isEqualTo(1);
  }

  @Test
  void aNameThatOthersHaveIsRefusedToWhoeverDeclaresAndNotToWhoeverRecords() {
    registry.meter("parcels");

    assertThatThrownBy(() -> registry.family(PARCELS, FLOOR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parcels_total has series of others already");
  }

  @Test
  void aFamilyIsRefusedBesideOneThatDiffersInTotalOnly() {
    registry.family(PARCELS, CITY);

    assertThatThrownBy(() -> registry.read(FamilySpec.gauge("parcels", "Help."), () -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parcels cannot be exported beside parcels_total");
  }

  @Test
  void aHistogramsBucketsHaveTheirLabelForThemselves() {
    Label<String> le = Label.ofSet("le", List.of("1"), "_other");

    assertThatThrownBy(() -> registry.family(RIDES, le))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ride_seconds cannot have a label le: it is a HISTOGRAM");
    assertThat(registry.family(PARCELS, le)).isNotNull();
  }

  @Test
  void aSeriesIsReadFromOnePlaceOnly() {
    registry.read(LOAD, () -> 1, SIZE.is(Size.SMALL));

    assertThatThrownBy(() -> registry.read(LOAD, () -> 2, SIZE.is(Size.SMALL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("load{size=\"small\"} exists already");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9lives_total", "par-cels_total", "parcels.total", "päckchen_total"})
  void aNameHasToBeOneOfPrometheus(String name) {
    assertThatThrownBy(() -> FamilySpec.counter(name, "Help."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a Prometheus metric name: " + name);
  }

  @Test
  void aCountersNameEndsInTotal() {
    assertThatThrownBy(() -> FamilySpec.counter("parcels", "Help."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parcels");
  }

  @Test
  void bucketsHaveToIncrease() {
    assertThatThrownBy(() -> Buckets.ofSeconds(1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Buckets.ofSeconds(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Buckets.ofSeconds(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  /** In UTF-8 both would be a question mark, and one series would stand on the page twice. */
  @Test
  void valuesThatAPageCannotTellApartAreOneSeries() {
    Family1<String, Meter> parcels =
        registry.family(PARCELS, Label.<String>ofType("text", same -> same));

    parcels.with("\uD83D").mark();
    parcels.with("\uDE00").mark();
    parcels.with("?").mark();

    assertThat(Exposition.of(registry).samples())
        .containsExactly(Map.entry("parcels_total{text=\"?\"}", 3.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9lives", "par-cels", "a.b", "größe", "__name__"})
  void aLabelsNameHasToBeOneOfPrometheus(String name) {
    assertThatThrownBy(() -> Label.<String>ofType(name, same -> same))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a Prometheus label name: " + name);
  }

  @Test
  void aCounterThatIsReadAsNoNumberIsLeftOut() {
    registry.read(FamilySpec.readCounter("busy_seconds_total", "Time in use."), () -> Double.NaN);

    assertThat(Exposition.of(registry).has("busy_seconds_total")).isFalse();
    assertThat(
            Exposition.of(registry)
                .value("metrics_bridge_dropped_total{metric=\"busy_seconds_total\"}"))
        .isPositive();
  }

  /** To OpenMetrics, it would say since when the parcels are counted. */
  @Test
  void aFamilyIsRefusedThatCouldBeTheCreationOfAnother() {
    registry.family(PARCELS, CITY);

    assertThatThrownBy(() -> registry.read(FamilySpec.gauge("parcels_created", "H."), () -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parcels_created cannot be exported beside parcels_total");
    assertThat(registry.family(FamilySpec.counter("parcels_created_total", "Help."), CITY))
        .isNotNull();
  }
}
