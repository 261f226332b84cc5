package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.strict.StrictReader;
import dev.ss.testkit.unit.SilentLog;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Histogram;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Metric;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricFamily;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code -Drandom.registries=10000} tries more registries. */
class RandomRegistriesTest {
  private static final int REGISTRIES = Integer.getInteger("random.registries", 2_000);
  private static final int MAX_ACTS = 12;
  private static final BridgeSettings PATIENT =
      new BridgeSettings(200, Duration.ofMinutes(1), Duration.ofMinutes(1));

  @Test
  void everyPageIsWellFormedAndAllFormatsSayTheSame() {
    Random random = new Random();
    SilentLog.during(
        BridgeRegistry.class.getPackage(),
        () -> {
          for (int i = 0; i < REGISTRIES; i++) {
            assertPages(random.nextLong(), random.nextInt(MAX_ACTS + 1));
          }
        });
  }

  private static void assertPages(long seed, int acts) {
    try (BridgeRegistry registry = new BridgeRegistry(PATIENT)) {
      RandomRegistry.fill(registry, seed, acts);
      assertPages(new Pages(registry));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "RandomRegistry.fill(registry, %dL, %d) repeats it: %s".formatted(seed, acts, e), e);
    }
  }

  private static void assertPages(Pages pages) {
    byte[] protobuf = pages.protobuf();
    PageValues text = PageValues.of(StrictReader.text(pages.text()));

    assertSame(PageValues.of(StrictReader.openMetrics(pages.openMetrics())), text);
    assertSame(PageValues.ofProtobuf(protobuf), text);
    assertNativeBucketsHaveAll(PageValues.families(protobuf));
  }

  private static void assertSame(PageValues page, PageValues text) {
    assertThat(page.helps()).isEqualTo(text.helps());
    assertThat(page.values()).isEqualTo(text.values());
  }

  private static void assertNativeBucketsHaveAll(List<MetricFamily> families) {
    families.stream()
        .flatMap(family -> family.getMetricList().stream())
        .filter(Metric::hasHistogram)
        .map(Metric::getHistogram)
        .filter(Histogram::hasSchema)
        .forEach(
            histogram -> assertThat(nativeCount(histogram)).isEqualTo(histogram.getSampleCount()));
  }

  private static long nativeCount(Histogram histogram) {
    long bucket = 0;
    long count = histogram.getZeroCount();
    for (long delta : histogram.getPositiveDeltaList()) {
      bucket += delta;
      count += bucket;
    }
    return count;
  }
}
