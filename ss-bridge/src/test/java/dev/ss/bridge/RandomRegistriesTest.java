package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.strict.StrictReader;
import dev.ss.testkit.unit.SilentLog;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Histogram;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Metric;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricFamily;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.constraints.IntRange;

/** A failure names the seed and the number of acts, with which RandomRegistry repeats them. */
class RandomRegistriesTest {
  private static final BridgeSettings PATIENT =
      new BridgeSettings(200, Duration.ofMinutes(1), Duration.ofMinutes(1));

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs().withDistribution(RandomDistribution.uniform());
  }

  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  void everyPageIsWellFormedAndAllFormatsSayTheSame(
      @ForAll("seeds") long seed, @ForAll @IntRange(max = 12) int acts) {
    SilentLog.during(BridgeRegistry.class.getPackage(), () -> assertPages(seed, acts));
  }

  private static void assertPages(long seed, int acts) {
    try (BridgeRegistry registry = new BridgeRegistry(PATIENT)) {
      RandomRegistry.fill(registry, seed, acts);
      Pages pages = new Pages(registry);
      byte[] protobuf = pages.protobuf();
      PageValues text = PageValues.of(StrictReader.text(pages.text()));

      assertSame(PageValues.of(StrictReader.openMetrics(pages.openMetrics())), text);
      assertSame(PageValues.ofProtobuf(protobuf), text);
      assertNativeBucketsHaveAll(PageValues.families(protobuf));
    }
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
