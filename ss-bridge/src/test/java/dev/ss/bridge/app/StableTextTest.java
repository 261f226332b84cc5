package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What describes the metrics changes neither from scrape to scrape nor from run to run. */
class StableTextTest {
  /** The Java client has it from the first garbage collection on, whenever that is. */
  private static final String AFTER_GC = "jvm_memory_pool_allocated_bytes_total";

  @Test
  void twoRunsDescribeTheirMetricsInTheSameBytes() throws Exception {
    List<String> once = descriptionsOfARun();

    assertThat(once).hasSizeGreaterThan(200);
    assertThat(descriptionsOfARun()).isEqualTo(once);
  }

  private static List<String> descriptionsOfARun() throws Exception {
    try (Greetings app = new Greetings().start()) {
      app.useEveryRoute();
      List<String> first = descriptions(app);
      assertThat(descriptions(app)).as("a second scrape").isEqualTo(first);
      return first;
    }
  }

  private static List<String> descriptions(Greetings app) {
    return app.text()
        .lines()
        .filter(line -> line.startsWith("# ") && !line.contains(AFTER_GC))
        .toList();
  }

  @Test
  void twoScrapesHaveTheirSeriesInTheSameOrder() throws Exception {
    try (Greetings app = new Greetings().start()) {
      app.useEveryRoute();

      List<String> first = series(app);

      assertThat(series(app)).isEqualTo(first);
    }
  }

  private static List<String> series(Greetings app) {
    return app.scrape().samples().keySet().stream()
        .filter(series -> !series.startsWith(AFTER_GC))
        .toList();
  }
}
