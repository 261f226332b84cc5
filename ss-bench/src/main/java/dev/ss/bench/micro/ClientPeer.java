package dev.ss.bench.micro;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** Prometheus's Java client. */
final class ClientPeer implements Peer {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Histogram histogram;

  ClientPeer(boolean classicOnly) {
    histogram =
        Latency.client("latency_seconds", classicOnly).labelNames("route").register(registry);
  }

  @Override
  public LongConsumer series(String route) {
    DistributionDataPoint series = histogram.labelValues(route);
    return nanos -> series.observe(nanos / 1e9);
  }

  @Override
  public void scrape(ScrapeFormat format, OutputStream output) throws IOException {
    try (OutputStream encoded = format.encoded(output)) {
      format.write(registry.scrape(), encoded);
    }
  }
}
