package dev.ss.bench.micro;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Micrometer's Prometheus registry. */
final class MicrometerPeer implements Peer {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Override
  public LongConsumer series(String route) {
    Timer timer =
        Timer.builder("latency")
            .description("Latency.")
            .tag("route", route)
            .serviceLevelObjectives(Latency.durations())
            .register(registry);
    return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void scrape(ScrapeFormat format, OutputStream output) throws IOException {
    try (OutputStream encoded = format.encoded(output)) {
      registry.scrape(encoded, format.contentType());
    }
  }
}
