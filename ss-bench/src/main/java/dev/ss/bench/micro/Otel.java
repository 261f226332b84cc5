package dev.ss.bench.micro;

import io.opentelemetry.api.incubator.metrics.ExtendedDoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.Base2ExponentialHistogramOptions;
import io.opentelemetry.sdk.metrics.ExplicitBucketHistogramOptions;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import java.util.Arrays;

/**
 * OpenTelemetry's SDK as a peer: its histogram with our buckets, read by its Prometheus exporter.
 */
final class Otel {
  private static final int SERIES = 1_000_000;

  private final PrometheusMetricReader reader =
      PrometheusMetricReader.builder()
          .setOtelScopeLabelsEnabled(false)
          .setTargetInfoMetricEnabled(false)
          .build();
  private final SdkMeterProvider provider;

  private Otel(Aggregation durations) {
    provider =
        SdkMeterProvider.builder()
            .registerMetricReader(reader)
            .registerView(
                InstrumentSelector.builder().setUnit("s").build(),
                View.builder().setAggregation(durations).setCardinalityLimit(SERIES).build())
            .build();
  }

  /** With classic buckets. */
  static Otel explicit() {
    return new Otel(
        Aggregation.explicitBucketHistogram(
            ExplicitBucketHistogramOptions.builder()
                .setBucketBoundaries(Arrays.stream(Latency.seconds()).boxed().toList())
                .build()));
  }

  /** With native buckets, as wide as ours. */
  static Otel exponential() {
    return new Otel(
        Aggregation.base2ExponentialBucketHistogram(
            Base2ExponentialHistogramOptions.builder().setMaxScale(Latency.NATIVE_SCHEMA).build()));
  }

  Meter meter() {
    return provider.get("dev.ss.bench");
  }

  /** Returns a histogram whose series can be bound, so that recording needs no look-up. */
  ExtendedDoubleHistogram histogram(String name) {
    return (ExtendedDoubleHistogram)
        meter().histogramBuilder(name).setDescription("Latency.").setUnit("s").build();
  }

  PrometheusMetricReader reader() {
    return reader;
  }
}
