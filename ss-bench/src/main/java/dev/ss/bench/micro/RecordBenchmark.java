package dev.ss.bench.micro;

import com.codahale.metrics.LockFreeExponentiallyDecayingReservoir;
import com.codahale.metrics.Timer;
import dev.ss.bridge.BucketTimer;
import dev.ss.bridge.Buckets;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.incubator.metrics.BoundDoubleHistogram;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures recording one duration into a series that was looked up before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class RecordBenchmark {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Limit limit = new Limit();
  private final BucketTimer ours = new BucketTimer(Buckets.ofSeconds(Latency.seconds()));
  private final Timer codahale = new Timer();
  private final Timer codahaleLockFree =
      new Timer(LockFreeExponentiallyDecayingReservoir.builder().build());
  private final Histogram clientClassic = Latency.client("c", true).build();
  private final Histogram client = Latency.client("b", false).build();
  private final io.micrometer.core.instrument.Timer micrometer =
      io.micrometer.core.instrument.Timer.builder("m")
          .serviceLevelObjectives(Latency.durations())
          .register(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  private final BoundDoubleHistogram otel = Otel.explicit().histogram("o").bind(Attributes.empty());
  private final BoundDoubleHistogram otelExponential =
      Otel.exponential().histogram("e").bind(Attributes.empty());

  /** The practical limit: a cell and a sum, and nothing else. */
  @Benchmark
  public void limit(Durations durations) {
    limit.record(durations.next());
  }

  /** Classic and native buckets, sum, and Codahale's count, rates and snapshot. */
  @Benchmark
  public void ours(Durations durations) {
    ours.update(durations.next(), TimeUnit.NANOSECONDS);
  }

  /** The Java client with classic buckets. */
  @Benchmark
  public void clientClassic(Durations durations) {
    clientClassic.observe(durations.next() / NANOS_PER_SECOND);
  }

  /** The Java client with classic and native buckets. */
  @Benchmark
  public void client(Durations durations) {
    client.observe(durations.next() / NANOS_PER_SECOND);
  }

  /** Micrometer's timer with the same buckets as service level objectives. */
  @Benchmark
  public void micrometer(Durations durations) {
    micrometer.record(durations.next(), TimeUnit.NANOSECONDS);
  }

  /** OpenTelemetry's bound histogram with classic buckets. */
  @Benchmark
  public void otel(Durations durations) {
    otel.record(durations.next() / NANOS_PER_SECOND);
  }

  /** OpenTelemetry's bound histogram with native buckets, and no classic ones. */
  @Benchmark
  public void otelExponential(Durations durations) {
    otelExponential.record(durations.next() / NANOS_PER_SECOND);
  }

  /** Codahale's default: no buckets. */
  @Benchmark
  public void codahale(Durations durations) {
    codahale.update(durations.next(), TimeUnit.NANOSECONDS);
  }

  /** Codahale with the lock-free reservoir: no buckets. */
  @Benchmark
  public void codahaleLockFree(Durations durations) {
    codahaleLockFree.update(durations.next(), TimeUnit.NANOSECONDS);
  }
}
