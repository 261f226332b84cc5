package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What describes the metrics changes neither from scrape to scrape nor from run to run. */
class StableTextTest {
  /** The Java client has it from the first garbage collection on, whenever that is. */
  private static final String AFTER_GC = "jvm_memory_pool_allocated_bytes_total";

  @RegisterExtension static final Greetings APP = new Greetings();

  @BeforeAll
  static void use() {
    APP.useEveryRoute();
  }

  @Test
  void twoScrapesAndTwoRunsDescribeTheirMetricsInTheSameBytes() throws Exception {
    List<String> once = descriptions(APP);

    assertThat(once).hasSizeGreaterThan(200);
    assertThat(descriptions(APP)).as("a second scrape").isEqualTo(once);
    try (Greetings again = new Greetings().start()) {
      again.useEveryRoute();
      assertThat(descriptions(again)).as("a second run").isEqualTo(once);
    }
  }

  private static List<String> descriptions(Greetings app) {
    return app.text()
        .lines()
        .filter(line -> line.startsWith("# ") && !line.contains(AFTER_GC))
        .toList();
  }

  @Test
  void twoScrapesHaveTheirSeriesInTheSameOrder() {
    assertThat(series()).isEqualTo(series());
  }

  private static List<String> series() {
    return APP.scrape().samples().keySet().stream()
        .filter(series -> !series.startsWith(AFTER_GC))
        .toList();
  }
}
