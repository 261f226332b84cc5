package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is registered, the scrape is well formed and lacks only what cannot be told apart. */
class AnyNamePropertyTest {
  @Provide
  Arbitrary<Set<ForeignMetric>> ofAnyText() {
    return metrics(Arbitraries.strings().all().ofMinLength(1).ofMaxLength(30));
  }

  /**
   * PrometheusNames that are likely to clash, and full of endings that mean something in a scrape.
   */
  @Provide
  Arbitrary<Set<ForeignMetric>> ofTellingWords() {
    return metrics(
        Arbitraries.of(
                "total",
                "Total",
                "bucket",
                "count",
                "sum",
                "created",
                "info",
                "seconds",
                "max",
                "jobs",
                "a",
                "5xx",
                "}",
                "{",
                "quantile",
                "ü",
                "Dropwizard")
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .flatMap(words -> Arbitraries.of(".", "_", "-").map(dot -> String.join(dot, words))));
  }

  private static Arbitrary<Set<ForeignMetric>> metrics(Arbitrary<String> names) {
    return Arbitraries.maps(names, Arbitraries.of(ForeignMetric.Kind.class))
        .ofMaxSize(15)
        .map(AnyNamePropertyTest::metrics);
  }

  private static Set<ForeignMetric> metrics(Map<String, ForeignMetric.Kind> kinds) {
    return kinds.entrySet().stream()
        .map(entry -> new ForeignMetric(entry.getKey(), entry.getValue()))
        .collect(Collectors.toSet());
  }

  @Property
  void anyTextIsAName(@ForAll("ofAnyText") Set<ForeignMetric> metrics) {
    assertNothingIsLost(metrics);
  }

  @Property
  void endingsThatMeanSomethingLoseNothing(@ForAll("ofTellingWords") Set<ForeignMetric> metrics) {
    assertNothingIsLost(metrics);
  }

  private static void assertNothingIsLost(Set<ForeignMetric> metrics) {
    BridgeRegistry registry = new BridgeRegistry();
    metrics.forEach(metric -> metric.registerIn(registry));

    assertThat(Exposition.of(registry).samples().keySet())
        .containsAll(
            metrics.stream()
                .filter(metric -> isDistinct(metric, metrics))
                .map(ForeignMetric::sample)
                .toList());
  }

  private static boolean isDistinct(ForeignMetric metric, Set<ForeignMetric> metrics) {
    return metrics.stream()
        .filter(other -> !other.equals(metric))
        .allMatch(other -> Collections.disjoint(other.names(), metric.names()));
  }
}
