package dev.ss.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.ForeignMetric.Kind;
import dev.ss.testkit.prometheus.Promtool;
import dev.ss.testkit.prometheus.Promtool.Judgement;
import dev.ss.testkit.unit.Installed;
import dev.ss.testkit.unit.SilentLog;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Prometheus's own judgement of a scrape. */
class PromtoolTest {
  /** It has doubts about the style of a name, which is somebody else's. */
  private static final int LINT = 3;

  private static final int METRICS_OF_EACH_KIND = 100;
  private static final int RANDOM_REGISTRIES = 500;
  private static final int MAX_ACTS = 12;

  @Test
  void promtoolCanReadTheScrapeOfMetricsOfAnyName() {
    Installed.assumePrometheus();
    BridgeRegistry registry = new BridgeRegistry();
    Random random = new Random(42);
    for (int i = 0; i < METRICS_OF_EACH_KIND; i++) {
      for (Kind kind : Kind.values()) {
        new ForeignMetric(name(random), kind).registerIn(registry);
      }
    }

    Judgement judgement =
        Promtool.run(Exposition.text(registry).getBytes(UTF_8), "check", "metrics");

    assertThat(judgement.exitCode()).as(judgement.said()).isIn(0, LINT);
  }

  /** Many pages as one, because promtool takes its time to start. */
  @Test
  void promtoolCanReadWhatARandomRegistryAnswers() {
    Installed.assumePrometheus();
    long seed = new Random().nextLong();
    StringBuilder pages = new StringBuilder();
    SilentLog.during(
        BridgeRegistry.class.getPackage(),
        () -> {
          for (int i = 0; i < RANDOM_REGISTRIES; i++) {
            pages.append(named("r" + i + "_", seed + i));
          }
        });

    Judgement judgement = Promtool.run(pages.toString().getBytes(UTF_8), "check", "metrics");

    assertThat(judgement.exitCode())
        .as("seeds from %d on: %s", seed, judgement.said())
        .isIn(0, LINT);
  }

  /** The page of a random registry with this before all names. */
  private static String named(String prefix, long seed) {
    try (BridgeRegistry registry = new BridgeRegistry()) {
      RandomRegistry.fill(registry, seed, MAX_ACTS);
      return Exposition.text(registry)
          .replaceAll("(?md)^(# (?:HELP|TYPE) |(?=[^#]))", "$1" + prefix);
    }
  }

  /** Half of it letters, so that the names differ. */
  private static String name(Random random) {
    return random
        .ints(12, 0, Character.MAX_CODE_POINT)
        .map(any -> any % 2 == 0 ? 'a' + any % 26 : any)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
