package dev.ss.bench.micro;

import com.codahale.metrics.LockFreeExponentiallyDecayingReservoir;
import com.codahale.metrics.MetricFilter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.instrumentation.dropwizard5.labels.CustomLabelMapper;
import io.prometheus.metrics.instrumentation.dropwizard5.labels.MapperConfig;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Codahale's timers, exported by the Java client's bridge: as summaries, because they have no
 * buckets.
 */
final class StockBridgePeer implements Peer {
  private final MetricRegistry codahale = new MetricRegistry();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final boolean lockFree;

  private StockBridgePeer(boolean lockFree, Function<MetricRegistry, DropwizardExports> exports) {
    this.lockFree = lockFree;
    registry.register(exports.apply(codahale));
  }

  static StockBridgePeer labelled(boolean lockFree) {
    MapperConfig routes = new MapperConfig("latency.*", "latency_seconds", Map.of("route", "${0}"));
    CustomLabelMapper mapper = new CustomLabelMapper(List.of(routes));
    return new StockBridgePeer(
        lockFree, timers -> new DropwizardExports(timers, MetricFilter.ALL, mapper));
  }

  static StockBridgePeer unlabelled() {
    return new StockBridgePeer(false, DropwizardExports::new);
  }

  @Override
  public LongConsumer series(String route) {
    Timer timer = codahale.timer(MetricRegistry.name("latency", route), this::newTimer);
    return nanos -> timer.update(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer newTimer() {
    return lockFree
        ? new Timer(LockFreeExponentiallyDecayingReservoir.builder().build())
        : new Timer();
  }

  @Override
  public void scrape(ScrapeFormat format, OutputStream output) throws IOException {
    try (OutputStream encoded = format.encoded(output)) {
      format.write(registry.scrape(), encoded);
    }
  }
}
