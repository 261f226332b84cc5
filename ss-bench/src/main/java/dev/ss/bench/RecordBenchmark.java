package dev.ss.bench;

import com.codahale.metrics.LockFreeExponentiallyDecayingReservoir;
import com.codahale.metrics.Timer;
import dev.ss.metrics.bridge.histogram.BucketTimer;
import dev.ss.metrics.bridge.histogram.Buckets;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to record one duration, into eleven classic buckets from 5 ms to 10 s. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class RecordBenchmark {
  private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
  private static final double NANOS_PER_SECOND = 1e9;

  private final long[] boundNanos =
      Arrays.stream(BOUNDS).mapToLong(bound -> Math.round(bound * NANOS_PER_SECOND)).toArray();
  private final LongAdder[] cells = new LongAdder[BOUNDS.length + 1];
  private final LongAdder sum = new LongAdder();
  private final BucketTimer ours = new BucketTimer(Buckets.ofSeconds(BOUNDS));
  private final Timer codahale = new Timer();
  private final Timer codahaleLockFree =
      new Timer(LockFreeExponentiallyDecayingReservoir.builder().build());
  private final Histogram clientClassic =
      Histogram.builder().name("c").classicOnly().classicUpperBounds(BOUNDS).build();
  private final Histogram clientBoth =
      Histogram.builder().name("b").classicUpperBounds(BOUNDS).build();
  private final io.micrometer.core.instrument.Timer micrometer =
      io.micrometer.core.instrument.Timer.builder("m")
          .serviceLevelObjectives(
              Arrays.stream(BOUNDS)
                  .mapToObj(bound -> Duration.ofNanos(Math.round(bound * NANOS_PER_SECOND)))
                  .toArray(Duration[]::new))
          .register(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));

  /** Nothing recorded yet. */
  public RecordBenchmark() {
    Arrays.setAll(cells, i -> new LongAdder());
  }

  /** The practical limit: a cell and a sum, and nothing else. */
  @Benchmark
  public void limit(Durations durations) {
    long nanos = durations.next();
    int i = 0;
    while (i < boundNanos.length && nanos > boundNanos[i]) {
      i++;
    }
    cells[i].increment();
    sum.add(nanos);
  }

  /** Classic and native buckets, sum, and Codahale's count, rates and snapshot. */
  @Benchmark
  public void ours(Durations durations) {
    ours.update(durations.next(), TimeUnit.NANOSECONDS);
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

  /** The Java client with classic buckets. */
  @Benchmark
  public void clientClassic(Durations durations) {
    clientClassic.observe(durations.next() / NANOS_PER_SECOND);
  }

  /** The Java client with classic and native buckets. */
  @Benchmark
  public void clientClassicAndNative(Durations durations) {
    clientBoth.observe(durations.next() / NANOS_PER_SECOND);
  }

  /** Micrometer's timer with the same buckets as service level objectives. */
  @Benchmark
  public void micrometer(Durations durations) {
    micrometer.record(durations.next(), TimeUnit.NANOSECONDS);
  }
}
