package dev.ss.bridge.internal.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingsTest {
  private static Mapping mapping(String match, String name, Map<String, String> labels) {
    return Mapping.of(match, name, labels, null, null, null, null);
  }

  private static Mapping mapping(String match, String name) {
    return mapping(match, name, Map.of());
  }

  private static Mappings mappings(Mapping... mappings) {
    return Mappings.of(List.of(mappings), List.of());
  }

  private static String nameOf(Mappings mappings, String metric) {
    return mappings.target(metric, MetricKind.GAUGE).orElseThrow().name();
  }

  @Test
  void theFirstThatMatchesDecides() {
    Mappings mappings =
        mappings(
            mapping("pool.main.size", "main_size"),
            mapping("pool.*.size", "size"),
            mapping("pool.*.*", "other"));

    assertThat(nameOf(mappings, "pool.main.size")).isEqualTo("main_size");
    assertThat(nameOf(mappings, "pool.spare.size")).isEqualTo("size");
    assertThat(nameOf(mappings, "pool.spare.wait")).isEqualTo("other");
  }

  @Test
  void whatNothingMatchesIsNamedByRule() {
    MappedName target =
        mappings(mapping("pool.*.size", "size"))
            .target("pool.main.waitTime", MetricKind.GAUGE)
            .orElseThrow();

    assertThat(target.name()).isEqualTo("pool_main_wait_time");
    assertThat(target.labels()).isEmpty();
    assertThat(target.help()).isEqualTo("Dropwizard metric pool.main.waitTime");
  }

  @Test
  void placeholdersQuoteWhatTheStarsStoodFor() {
    MappedName target =
        mappings(
                mapping(
                    "pool.*.*",
                    "pool_${1}",
                    Map.of("pool", "${0}", "both", "${1}/${0}/${1}", "fixed", "x")))
            .target("pool.main.waitTime", MetricKind.GAUGE)
            .orElseThrow();

    assertThat(target.name()).isEqualTo("pool_wait_time");
    assertThat(target.labels())
        .containsExactlyEntriesOf(
            new TreeMap<>(Map.of("pool", "main", "both", "waitTime/main/waitTime", "fixed", "x")));
  }

  @Test
  void whatAStarStoodForIsTakenAsItIs() {
    MappedName target =
        mappings(mapping("pool.*", "pool", Map.of("pool", "${0}")))
            .target("pool.$1\\${0}", MetricKind.GAUGE)
            .orElseThrow();

    assertThat(target.labels()).containsEntry("pool", "$1\\${0}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool.a.b", "pool", "spare.pool.a", "poolXa"})
  void aStarEndsAtADot(String metric) {
    assertThat(nameOf(mappings(mapping("pool.*", "mapped")), metric)).isNotEqualTo("mapped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool.a", "pool.a-b c", "pool.$", "pool.ü"})
  void aStarIsAnythingElse(String metric) {
    assertThat(nameOf(mappings(mapping("pool.*", "mapped")), metric)).isEqualTo("mapped");
  }

  @Test
  void dotsInANameAreUnderscores() {
    assertThat(nameOf(mappings(mapping("pool.*", "db.pool.${0}")), "pool.size"))
        .isEqualTo("db_pool_size");
  }

  @Test
  void namesThatDifferInDotsAreOneFamily() {
    assertThatThrownBy(
            () ->
                mappings(
                    mapping("left.*", "db.pool", Map.of("side", "left")),
                    mapping("right.*", "db_pool")))
        .hasMessageContaining("name db_pool has other labels");
  }

  @Test
  void anExcludedMetricGoesNowhere() {
    Mappings mappings = Mappings.of(List.of(), List.of("pool.*.size", "exactly.this"));

    assertThat(mappings.target("pool.main.size", MetricKind.GAUGE)).isEmpty();
    assertThat(mappings.target("exactly.this", MetricKind.GAUGE)).isEmpty();
    assertThat(mappings.target("pool.main.wait", MetricKind.GAUGE)).isPresent();
    assertThat(mappings.target("exactly.this.one", MetricKind.GAUGE)).isPresent();
  }

  @Test
  void aMappingBeatsAnExclude() {
    Mappings mappings =
        Mappings.of(List.of(mapping("pool.main.size", "main_size")), List.of("pool.*.size"));

    assertThat(nameOf(mappings, "pool.main.size")).isEqualTo("main_size");
    assertThat(mappings.target("pool.spare.size", MetricKind.GAUGE)).isEmpty();
  }

  @Test
  void aMappingBringsBackAGaugeOfTheJvm() {
    assertThat(Mappings.none().target("jvm.attribute.uptime", MetricKind.GAUGE)).isEmpty();
    assertThat(nameOf(mappings(mapping("jvm.attribute.uptime", "uptime")), "jvm.attribute.uptime"))
        .isEqualTo("uptime");
  }

  @Test
  void theHelpOfAFamilyIsTheSameWhicheverMetricComesFirst() {
    Mappings mappings =
        mappings(
            mapping("left.*", "hands", Map.of("side", "left")),
            mapping("right.*", "hands", Map.of("side", "right")));

    assertThat(mappings.target("left.one", MetricKind.GAUGE).orElseThrow().help())
        .isEqualTo(mappings.target("right.one", MetricKind.GAUGE).orElseThrow().help())
        .isEqualTo("Dropwizard metrics left.*, right.*");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "9lives,       side,     left,    '9lives' is no metric name",
        "with-dash,    side,     left,    'with-dash' is no metric name",
        "\"\",         side,     left,    '' is no metric name",
        "hand${,       side,     left,    'hand${' is no metric name",
        "hands,        le,       left,    'le' is no label name",
        "hands,        quantile, left,    'quantile' is no label name",
        "hands,        __side,   left,    '__side' is no label name",
        "hands,        side,     ${1},    ${1} stands for none of its 1 stars",
        "hands,        side,     ${-1},   ${-1} stands for none of its 1 stars",
        "hands,        side,     ${},     ${} stands for none of its 1 stars",
        "hands,        side,     ${x},    ${x} stands for none of its 1 stars",
        "hands,        side,     ${9999999999}, ${9999999999} stands for none of its 1 stars",
        "hands_${7},   side,     left,    ${7} stands for none of its 1 stars"
      })
  void aMalformedMappingIsRefusedByName(String name, String label, String value, String reason) {
    assertThatThrownBy(() -> mappings(mapping("body.*", name, Map.of(label, value))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metrics.mappings, match 'body.*': " + reason);
  }

  @Test
  void aMappingNeedsAName() {
    assertThatThrownBy(() -> mapping("body.*", null))
        .hasMessage("metrics.mappings, match 'body.*': it needs a match and a name");
  }

  @Test
  void aMappingNeedsAMatch() {
    assertThatThrownBy(() -> mapping(null, "body"))
        .hasMessage("metrics.mappings, match 'null': it needs a match and a name");
  }

  @Test
  void aMappingMayBeForOneKindAlone() {
    Mappings mappings =
        mappings(
            Mapping.of("body.*", "body_times", Map.of(), "timer", null, null, null),
            Mapping.of("body.*", "body", Map.of(), null, null, null, null));

    assertThat(mappings.target("body.hand", MetricKind.TIMER).orElseThrow().name())
        .isEqualTo("body_times");
    assertThat(mappings.target("body.hand", MetricKind.METER).orElseThrow().name())
        .isEqualTo("body");
  }

  @Test
  void aMappingMaySayWhatItsFamilyMeans() {
    assertThat(
            mappings(Mapping.of("body.*", "body", Map.of(), null, null, null, "Parts."))
                .target("body.hand", MetricKind.GAUGE)
                .orElseThrow()
                .help())
        .isEqualTo("Parts.");
  }

  @Test
  void aUnitThatIsNoWordIsRefused() {
    assertThatThrownBy(() -> Mapping.of("body.*", "body", Map.of(), null, null, "km/h", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metrics.mappings, match 'body.*': unit 'km/h' is no word in lower case");
  }

  @Test
  void anUnknownKindOrTypeIsRefused() {
    assertThatThrownBy(() -> Mapping.of("body.*", "body", Map.of(), "guage", null, null, null))
        .hasMessage(
            "metrics.mappings, match 'body.*': kind 'guage' is none of timer, histogram, meter,"
                + " counter, gauge");
    assertThatThrownBy(() -> Mapping.of("body.*", "body", Map.of(), null, "gauge", null, null))
        .hasMessage("metrics.mappings, match 'body.*': type 'gauge' can only be counter");
  }

  @Test
  void twoMappingsOfTheSameMatchCollide() {
    assertThatThrownBy(() -> mappings(mapping("body.*", "one"), mapping("body.*", "two")))
        .hasMessage("metrics.mappings, match 'body.*': there are two");
  }

  @Test
  void twoMappingsOfOneNameNeedTheSameLabels() {
    assertThatThrownBy(
            () ->
                mappings(
                    mapping("left.*", "hands", Map.of("side", "left")),
                    mapping("right.*", "hands", Map.of("hand", "right"))))
        .hasMessage(
            "metrics.mappings, match 'right.*': name hands has other labels than in match 'left.*'");
  }
}
