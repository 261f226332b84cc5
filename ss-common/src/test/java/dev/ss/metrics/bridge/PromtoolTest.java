package dev.ss.metrics.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.PrometheusTools;
import dev.ss.metrics.Exposition;
import dev.ss.metrics.bridge.ForeignMetric.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus's own judgement of a scrape. */
class PromtoolTest {
  /** It has doubts about the style of a name, which is somebody else's. */
  private static final int LINT = 3;

  private static final int METRICS_OF_EACH_KIND = 100;

  @TempDir Path directory;

  @Test
  void promtoolCanReadTheScrapeOfMetricsOfAnyName() throws Exception {
    PrometheusTools.assumeInstalled();
    BridgeRegistry registry = new BridgeRegistry();
    Random random = new Random(42);
    for (int i = 0; i < METRICS_OF_EACH_KIND; i++) {
      for (Kind kind : Kind.values()) {
        new ForeignMetric(name(random), kind).registerIn(registry);
      }
    }
    Path scrape = Files.writeString(directory.resolve("scrape.txt"), Exposition.text(registry));
    Path said = directory.resolve("said.txt");

    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(scrape.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

    assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(promtool.exitValue()).as(Files.readString(said)).isIn(0, LINT);
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
