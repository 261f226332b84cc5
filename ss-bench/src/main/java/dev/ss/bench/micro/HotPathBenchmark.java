package dev.ss.bench.micro;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.ss.api.metrics.HttpMetrics;
import dev.ss.bench.micro.Requests.Request;
import dev.ss.bridge.BridgeRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the time from "a request ended with this method, route, status code and duration" until
 * it is counted: looking up the series by their labels, adding one to a counter, and recording a
 * duration in a histogram.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class HotPathBenchmark {
  private static final String REQUESTS = "http_requests_total";
  private static final String DURATION = "http_request_duration_seconds";
  private static final String[] LABELS = {"method", "route", "status_code"};
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("route");
  private static final AttributeKey<Long> STATUS_CODE = AttributeKey.longKey("status_code");

  private final LimitSeries[][][] limit =
      new LimitSeries[Requests.METHODS.size()][Requests.ROUTES.size()]
          [Requests.STATUS_CODES.size()];
  private final BridgeRegistry registry = new BridgeRegistry();
  private final HttpMetrics ours = new HttpMetrics(registry);
  private final Counter counter =
      Counter.builder().name(REQUESTS).help("Requests.").labelNames(LABELS).build();
  private final Histogram classic = Latency.client(DURATION, true).labelNames(LABELS).build();
  private final Histogram both = Latency.client(DURATION, false).labelNames(LABELS).build();
  private final PrometheusMeterRegistry micrometer =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Otel otel = Otel.explicit();
  private final LongCounter otelRequests = otel.meter().counterBuilder("http_requests").build();
  private final DoubleHistogram otelDurations = otel.histogram("http_request_duration");
  private final MetricRegistry codahale = new MetricRegistry();

  private record LimitSeries(LongAdder count, Limit durations) {}

  /** Creates every label set, as in a process that has run for a while. */
  @Setup
  public void answerEachOnce() {
    micrometer.config().meterFilter(new MicrometerBuckets());
    for (LimitSeries[][] ofMethod : limit) {
      for (LimitSeries[] ofRoute : ofMethod) {
        Arrays.setAll(ofRoute, i -> new LimitSeries(new LongAdder(), new Limit()));
      }
    }
    for (Request request : Requests.all()) {
      limit(request, 1);
      ours(request, 1);
      client(request, 1, classic);
      client(request, 1, both);
      micrometer(request, 1);
      otel(request, 1);
      codahale(request, 1);
    }
    checkOurs();
  }

  /**
   * Our code hides its faults from callers, and a recording that throws must not be timed as fast.
   */
  private void checkOurs() {
    long requests = registry.getMeters().values().stream().mapToLong(Meter::getCount).sum();
    long durations = registry.getTimers().values().stream().mapToLong(Timer::getCount).sum();
    if (requests != Requests.all().size() || durations != Requests.all().size()) {
      throw new IllegalStateException("counted %d and %d".formatted(requests, durations));
    }
  }

  /** The practical limit: indexes instead of labels, cells and sums. */
  @Benchmark
  public void limit(Requests requests, Durations durations) {
    limit(requests.next(), durations.next());
  }

  private void limit(Request request, long nanos) {
    LimitSeries series = limit[request.methodIndex()][request.routeIndex()][request.statusIndex()];
    series.count.increment();
    series.durations.record(nanos);
  }

  /** As the API counts its requests. */
  @Benchmark
  public void ours(Requests requests, Durations durations) {
    ours(requests.next(), durations.next());
  }

  private void ours(Request request, long nanos) {
    ours.answered(request.method(), request.route(), request.statusCode(), nanos, Optional.empty());
  }

  /** The Java client with classic buckets. */
  @Benchmark
  public void clientClassic(Requests requests, Durations durations) {
    client(requests.next(), durations.next(), classic);
  }

  /** The Java client with classic and native buckets. */
  @Benchmark
  public void client(Requests requests, Durations durations) {
    client(requests.next(), durations.next(), both);
  }

  private void client(Request request, long nanos, Histogram histogram) {
    String method = request.method();
    String route = request.route().template();
    String statusCode = Integer.toString(request.statusCode());
    counter.labelValues(method, route, statusCode).inc();
    histogram.labelValues(method, route, statusCode).observe(nanos / 1e9);
  }

  /** As Micrometer's own instrumentations look their timers up; the timer counts as well. */
  @Benchmark
  public void micrometer(Requests requests, Durations durations) {
    micrometer(requests.next(), durations.next());
  }

  private void micrometer(Request request, long nanos) {
    io.micrometer.core.instrument.Timer.builder("http.request.duration")
        .tags(
            "method", request.method(),
            "route", request.route().template(),
            "status_code", Integer.toString(request.statusCode()))
        .register(micrometer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** As OpenTelemetry's own instrumentations do: one set of attributes for both. */
  @Benchmark
  public void otel(Requests requests, Durations durations) {
    otel(requests.next(), durations.next());
  }

  private void otel(Request request, long nanos) {
    Attributes attributes =
        Attributes.of(
            METHOD, request.method(),
            ROUTE, request.route().template(),
            STATUS_CODE, (long) request.statusCode());
    otelRequests.add(1, attributes);
    otelDurations.record(nanos / 1e9, attributes);
  }

  /** Codahale, which has no labels, with the labels in the names. */
  @Benchmark
  public void codahale(Requests requests, Durations durations) {
    codahale(requests.next(), durations.next());
  }

  private void codahale(Request request, long nanos) {
    String route = request.route().template();
    String statusCode = Integer.toString(request.statusCode());
    codahale.meter(MetricRegistry.name(REQUESTS, request.method(), route, statusCode)).mark();
    codahale
        .timer(MetricRegistry.name(DURATION, request.method(), route, statusCode))
        .update(nanos, TimeUnit.NANOSECONDS);
  }
}
