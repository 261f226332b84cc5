package dev.ss.bridge.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.Timer;
import dev.ss.testkit.prometheus.Prometheus;
import dev.ss.testkit.prometheus.Promtool;
import dev.ss.testkit.unit.Installed;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus reads the application's metrics, and computes from them what is true. */
class PrometheusTest {
  /** Latencies with a long tail: half are below 30 ms, one in twenty is above 150 ms. */
  private static final long[] NANOS = latencies();

  private static final double EXACT_SECONDS = quantile(0.95) / 1e9;

  @RegisterExtension static final Greetings APP = new Greetings();

  @TempDir private Path directory;

  private static long[] latencies() {
    Random random = new Random(1);
    return LongStream.generate(() -> (long) (30e6 * Math.exp(random.nextGaussian())))
        .limit(1_000)
        .toArray();
  }

  private static double quantile(double quantile) {
    long[] sorted = LongStream.of(NANOS).sorted().toArray();
    return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
  }

  @BeforeAll
  static void use() {
    Installed.assumePrometheus();
    APP.useEveryRoute();
  }

  @Test
  void promtoolHasNothingToSay() {
    assertThat(Promtool.checkMetrics(APP.text().getBytes(UTF_8))).isEmpty();
  }

  @Test
  void quantilesOfClassicBucketsAreInTheRightBucket() throws Exception {
    Timer timer = APP.metrics().timer("greetings.classic");
    try (Prometheus prometheus = scrapingApp()) {
      double seconds =
          recordUntilAnswered(
              timer,
              prometheus,
              "histogram_quantile(0.95,"
                  + " sum(rate(greetings_classic_seconds_bucket[1m])) by (le))");

      assertThat(EXACT_SECONDS).isBetween(0.1, 0.25);
      assertThat(seconds).isBetween(0.1, 0.25);
      prometheus.awaitValue("greetings_classic_seconds_count", timer.getCount());
      prometheus.awaitValue("greetings_classic_seconds_bucket{le=\"+Inf\"}", timer.getCount());
    }
  }

  @Test
  void quantilesOfNativeBucketsAreNearTheTruth() throws Exception {
    Timer timer = APP.metrics().timer("greetings.native");
    try (Prometheus prometheus = scrapingApp("--enable-feature=native-histograms")) {
      double seconds =
          recordUntilAnswered(
              timer,
              prometheus,
              "histogram_quantile(0.95, sum(rate(greetings_native_seconds[1m])))");

      assertThat(seconds).isCloseTo(EXACT_SECONDS, withinPercentage(10));
      prometheus.awaitValue("histogram_count(greetings_native_seconds)", timer.getCount());
      assertThat(prometheus.value("histogram_sum(greetings_native_seconds)").orElseThrow())
          .isCloseTo(
              timer.getSnapshot().getMean() * timer.getCount() / 1e9, withinPercentage(0.01));
    }
  }

  /** Else the first value would change its kind, and be lost to every rate. */
  @Test
  void aHistogramIsNativeFromTheStart() throws Exception {
    APP.metrics().timer("greetings.unused");
    try (Prometheus prometheus = scrapingApp("--enable-feature=native-histograms")) {
      prometheus.awaitValue("histogram_count(greetings_unused_seconds)", 0);

      assertThat(prometheus.names())
          .contains("greetings_unused_seconds")
          .noneMatch(name -> name.endsWith("_bucket"));
    }
  }

  private Prometheus scrapingApp(String... options) {
    return Prometheus.scraping(directory, Map.of("greetings", APP.port()), options);
  }

  /** A rate takes two scrapes, with values recorded between them. */
  private static double recordUntilAnswered(Timer timer, Prometheus prometheus, String query) {
    return await(query)
        .atMost(Prometheus.LIMIT)
        .until(
            () -> {
              record(timer);
              return prometheus.value(query).orElse(Double.NaN);
            },
            Double::isFinite);
  }

  private static void record(Timer timer) {
    for (long nanos : NANOS) {
      timer.update(nanos, TimeUnit.NANOSECONDS);
    }
  }
}
