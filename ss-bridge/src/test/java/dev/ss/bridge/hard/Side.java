package dev.ss.bridge.hard;

import com.codahale.metrics.MetricRegistry;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.FamilySpec;
import dev.ss.bridge.Label;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;

/** What an application can do with either bridge. */
sealed interface Side {
  MetricRegistry metrics();

  /** Declares {@code parcels_total{size}}, and counts two small parcels. */
  void countParcels();

  /** Adds a collector of these families. */
  void collector(String name, Supplier<MetricSnapshots> collector);

  /** ss-bridge. */
  record Ours(BridgeRegistry metrics) implements Side {
    @Override
    public void countParcels() {
      metrics
          .family(
              FamilySpec.counter("parcels_total", "Parcels."),
              Label.ofSet("size", List.of("small"), "other"))
          .with("small")
          .mark(2);
    }

    @Override
    public void collector(String name, Supplier<MetricSnapshots> collector) {
      metrics.collector(name, collector);
    }
  }

  /** The Java client's bridge; families and collectors are registered with the client itself. */
  record Stock(MetricRegistry metrics, PrometheusRegistry prometheus) implements Side {
    @Override
    public void countParcels() {
      Counter.builder()
          .name("parcels_total")
          .help("Parcels.")
          .labelNames("size")
          .register(prometheus)
          .labelValues("small")
          .inc(2);
    }

    @Override
    public void collector(String name, Supplier<MetricSnapshots> collector) {
      MultiCollector families = collector::get;
      prometheus.register(families);
    }
  }
}
