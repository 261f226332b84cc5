package dev.ss.bench.micro;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.incubator.metrics.BoundDoubleHistogram;
import io.opentelemetry.api.incubator.metrics.ExtendedDoubleHistogram;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** OpenTelemetry's SDK, with bound instruments. */
final class OtelPeer implements Peer {
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("route");

  private final Otel otel;
  private final ExtendedDoubleHistogram histogram;

  OtelPeer(Otel otel) {
    this.otel = otel;
    histogram = otel.histogram("latency");
  }

  @Override
  public LongConsumer series(String route) {
    BoundDoubleHistogram series = histogram.bind(Attributes.of(ROUTE, route));
    return nanos -> series.record(nanos / 1e9);
  }

  @Override
  public void scrape(ScrapeFormat format, OutputStream output) throws IOException {
    try (OutputStream encoded = format.encoded(output)) {
      format.write(otel.reader().collect(), encoded);
    }
  }
}
