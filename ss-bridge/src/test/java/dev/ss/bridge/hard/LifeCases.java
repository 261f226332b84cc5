package dev.ss.bridge.hard;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.stream.IntStream;

/** Metrics that are removed while the application runs. */
final class LifeCases {
  private static final int TIMERS = 20_000;
  private static final int REMOVED = 5_000;
  private static final int KEPT = 10;

  private LifeCases() {}

  static List<HardCase> all() {
    return List.of(help(), removed(), manyRemoved());
  }

  private static HardCase help() {
    return HardCase.of("HELP", side -> side.metrics().registerGauge("load", () -> 1))
        .ours(
            "the name in the registry, the same in every run",
            page -> assertThat(page.page().text()).contains("# HELP load Dropwizard metric load\n"))
        .or(
            "the class of the lambda, another in every run",
            page -> assertThat(page.page().text()).containsPattern("# HELP load .*\\$\\$Lambda"));
  }

  private static HardCase removed() {
    return HardCase.of(
            "gauges that are removed, one of which was left out",
            side -> {
              side.metrics().registerGauge("gone.load", () -> 1);
              side.metrics().registerGauge("gone.motto", () -> "be kind");
            })
        .then(
            side -> {
              side.metrics().remove("gone.load");
              side.metrics().remove("gone.motto");
            })
        .ours(
            "gone, and what was said of them",
            page -> {
              assertThat(page.first().samples().value("gone_load")).isEqualTo(1);
              assertThat(page.first().text()).contains("{metric=\"gone.motto\"} 1");
              assertThat(page.page().text()).doesNotContain("gone");
            })
        .or(
            "gone",
            page -> {
              assertThat(page.first().samples().value("gone_load")).isEqualTo(1);
              assertThat(page.page().text()).doesNotContain("gone");
            });
  }

  /** With quadratic removal this would take minutes. */
  private static HardCase manyRemoved() {
    return HardCase.of("5,000 of 20,000 timers are removed, then all but ten", LifeCases::churn)
        .ours(
            "ten are left",
            page ->
                assertThat(page.page().samples().families())
                    .filteredOn(family -> family.startsWith("churn_"))
                    .hasSize(KEPT));
  }

  private static void churn(Side side) {
    MetricRegistry metrics = side.metrics();
    IntStream.range(0, TIMERS).forEach(i -> metrics.timer("churn." + i));
    IntStream.range(0, REMOVED).forEach(i -> metrics.remove("churn." + i));
    metrics.removeMatching(
        (name, metric) ->
            name.startsWith("churn.")
                && Integer.parseInt(name.substring("churn.".length())) < TIMERS - KEPT);
  }
}
