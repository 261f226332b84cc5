package dev.ss.metrics.bridge;

import dev.ss.metrics.bridge.scrape.MetricsServlet;
import dev.ss.metrics.bridge.scrape.ScrapeSignal;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * Gives a Dropwizard application {@code GET /metrics} on its own connector: everything in its
 * registry, and the JVM's and the process's metrics.
 *
 * <pre>{@code
 * public void initialize(Bootstrap<MyConfiguration> bootstrap) {
 *   bootstrap.addBundle(new BridgeBundle<>());   // before other bundles, which may use the registry
 * }
 * }</pre>
 *
 * @param <T> the application's configuration, whose {@code metrics} section gains the keys of
 *     {@link BridgeMetricsFactory}
 */
public final class BridgeBundle<T extends Configuration> implements ConfiguredBundle<T> {
  /** Where metrics are served. */
  public static final String PATH = "/metrics";

  private final BridgeRegistry registry;
  private final ScrapeSignal scrapes = new ScrapeSignal();

  /** A bundle with the default limits. */
  public BridgeBundle() {
    this(BridgeSettings.defaults());
  }

  /** A bundle with these limits. */
  public BridgeBundle(BridgeSettings settings) {
    this.registry = new BridgeRegistry(settings);
  }

  @Override
  public void initialize(Bootstrap<?> bootstrap) {
    bootstrap.setMetricRegistry(registry);
    BridgeMetricsFactory.readWith(bootstrap.getObjectMapper());
    PrometheusRegistry jvm = new PrometheusRegistry();
    JvmMetrics.builder().register(jvm);
    registry.collector("jvm", jvm::scrape);
  }

  @Override
  public void run(T configuration, Environment environment) {
    environment.lifecycle().manage(registry.rates());
    environment.servlets().addServlet("metrics", servlet(configuration)).addMapping(PATH);
  }

  /** The registry to declare families in. */
  public BridgeRegistry registry() {
    return registry;
  }

  /** For a server other than the application's. */
  public MetricsServlet servlet(T configuration) {
    int concurrent =
        configuration.getMetricsFactory() instanceof BridgeMetricsFactory bridge
            ? bridge.concurrentScrapes()
            : new BridgeMetricsFactory().concurrentScrapes();
    return new MetricsServlet(registry::scrape, concurrent, scrapes::scraped);
  }

  /** Tells when a scrape has been answered. */
  public ScrapeSignal scrapes() {
    return scrapes;
  }
}
