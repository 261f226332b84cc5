package dev.ss.bench;

import com.codahale.metrics.Timer;
import dev.ss.metrics.bridge.BridgeRegistry;
import dev.ss.metrics.bridge.Family1;
import dev.ss.metrics.bridge.FamilySpec;
import dev.ss.metrics.bridge.Label;
import dev.ss.metrics.bridge.histogram.BucketTimer;
import dev.ss.metrics.bridge.histogram.Buckets;
import dev.ss.metrics.bridge.text.Page;
import dev.ss.metrics.bridge.text.TextFormat;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a scrape costs: so many labelled histograms of eleven classic buckets, as text. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class ScrapeBenchmark {
  private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
  private static final int VALUES = 200;

  @Param({"100", "1000", "10000"})
  private int histograms;

  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Page page = new Page();
  private final BridgeRegistry ours = new BridgeRegistry();
  private final PrometheusRegistry client = new PrometheusRegistry();
  private final PrometheusMeterRegistry micrometer =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Records the same values everywhere. */
  @Setup
  public void record() {
    List<String> names = IntStream.range(0, histograms).mapToObj(i -> "route-" + i).toList();
    Family1<String, BucketTimer> family =
        ours.family(
            FamilySpec.histogram("latency_seconds", Buckets.ofSeconds(BOUNDS), "Latency."),
            Label.ofSet("route", names, "_other"));
    Histogram histogram =
        Histogram.builder()
            .name("latency_seconds")
            .help("Latency.")
            .labelNames("route")
            .classicUpperBounds(BOUNDS)
            .register(client);
    for (String name : names) {
      Timer timer = family.with(name);
      io.micrometer.core.instrument.Timer meter = micrometerTimer(name);
      Durations durations = new Durations();
      for (int i = 0; i < VALUES; i++) {
        long nanos = durations.next();
        timer.update(nanos, TimeUnit.NANOSECONDS);
        histogram.labelValues(name).observe(nanos / 1e9);
        meter.record(nanos, TimeUnit.NANOSECONDS);
      }
    }
  }

  private io.micrometer.core.instrument.Timer micrometerTimer(String route) {
    return io.micrometer.core.instrument.Timer.builder("latency")
        .tag("route", route)
        .serviceLevelObjectives(
            Arrays.stream(BOUNDS)
                .mapToObj(bound -> Duration.ofNanos(Math.round(bound * 1e9)))
                .toArray(Duration[]::new))
        .register(micrometer);
  }

  /** This bridge. */
  @Benchmark
  public int ours() {
    page.clear();
    ours.scrape(name -> true).write(TextFormat.PROMETHEUS, page);
    return page.size();
  }

  /** The Java client. */
  @Benchmark
  public int client() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    writer.write(out, client.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    return out.size();
  }

  /** Micrometer's Prometheus registry. */
  @Benchmark
  public int micrometer() {
    return micrometer.scrape().length();
  }
}
