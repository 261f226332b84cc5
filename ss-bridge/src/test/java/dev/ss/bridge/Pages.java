package dev.ss.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Scrapes a registry in each format without an HTTP server. */
final class Pages {
  private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";
  private static final String PROTOBUF =
      "application/vnd.google.protobuf;"
          + "proto=io.prometheus.client.MetricFamily;encoding=delimited";

  private final GuardedEndpoint endpoint;

  Pages(BridgeRegistry registry) {
    endpoint = GuardedEndpoint.open(registry, 1, () -> {});
  }

  byte[] text() {
    return text(Set.of());
  }

  /** Scrapes the families with these names; all families if there are no names. */
  byte[] text(Collection<String> names) {
    return get("text/plain", names);
  }

  byte[] openMetrics() {
    return openMetrics(Set.of());
  }

  byte[] openMetrics(Collection<String> names) {
    return get(OPEN_METRICS, names);
  }

  /** Scrapes with {@code _created} samples. */
  byte[] openMetricsCreated(Collection<String> names) {
    return get(OPEN_METRICS, names, "created=true");
  }

  byte[] protobuf() {
    return protobuf(Set.of());
  }

  byte[] protobuf(Collection<String> names) {
    return get(PROTOBUF, names);
  }

  private byte[] get(String accept, Collection<String> names, String... parameters) {
    String query =
        Stream.concat(
                Stream.of(parameters),
                names.stream()
                    .map(name -> "name[]=" + URLEncoder.encode(name, StandardCharsets.UTF_8)))
            .collect(Collectors.joining("&"));
    MemoryExchange exchange = new MemoryExchange(accept, query);
    try {
      endpoint.answer(exchange);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return exchange.body();
  }
}
