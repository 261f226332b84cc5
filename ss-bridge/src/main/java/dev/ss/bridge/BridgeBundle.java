package dev.ss.bridge;

import dev.ss.bridge.internal.scrape.Endpoint;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a Dropwizard application {@code GET /metrics}: everything in its registry, and the JVM's
 * and the process's metrics.
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
  /** Where metrics are served unless {@code metrics.path} says otherwise. */
  public static final String PATH = "/metrics";

  private static final Logger LOG = LoggerFactory.getLogger(BridgeBundle.class);
  private static final String SERVLET = "ss-bridge";

  private final BridgeRegistry registry;
  private final ScrapeAccess access;
  private final ScrapeSignal scrapes = new ScrapeSignal();

  /** A bundle with the default limits, and metrics for everybody who can connect. */
  public BridgeBundle() {
    this(BridgeSettings.defaults(), ScrapeAccess.OPEN);
  }

  /** A bundle with these limits, and metrics for those whom {@code access} does not refuse. */
  public BridgeBundle(BridgeSettings settings, ScrapeAccess access) {
    this.registry = new BridgeRegistry(settings);
    this.access = access;
  }

  /**
   * Makes the bundle's registry that of the application, and takes over what an earlier one holds.
   *
   * @throws IllegalStateException if there is another such bundle
   */
  @Override
  public void initialize(Bootstrap<?> bootstrap) {
    if (bootstrap.getMetricRegistry() instanceof BridgeRegistry) {
      throw new IllegalStateException("The application has two BridgeBundles; it needs one.");
    }
    bootstrap.getMetricRegistry().addListener(new Forwarded(registry, BridgeBundle::warn));
    bootstrap.setMetricRegistry(registry);
    BridgeMetricsFactory.readWith(bootstrap.getObjectMapper());
    if (JvmCollector.isAvailable()) {
      JvmCollector.register(registry);
    }
  }

  private static void warn(String name) {
    LOG.warn(
        "{} comes from a registry that was there before the BridgeBundle, and has no buckets;"
            + " add the bundle before whatever asked for it.",
        name);
  }

  /**
   * Serves the metrics.
   *
   * @throws IllegalStateException if the application has another registry
   */
  @Override
  public void run(T configuration, Environment environment) {
    if (environment.metrics() != registry) {
      throw new IllegalStateException(
          "The application's MetricRegistry is not the BridgeBundle's, so its metrics would be"
              + " missing: Bootstrap.setMetricRegistry was called after the bundle was added."
              + " Add the bundle afterwards; it takes over what that registry holds.");
    }
    registry.start();
    environment.lifecycle().manage(new AutoCloseableManager(registry));
    BridgeMetricsFactory section = section(configuration);
    MetricsConnector connector = section.connector();
    if (connector instanceof MetricsConnector.Application) {
      environment
          .servlets()
          .addServlet(SERVLET, servlet(configuration))
          .addMapping(section.getPath());
    } else if (connector instanceof MetricsConnector.Admin) {
      environment.admin().addServlet(SERVLET, servlet(configuration)).addMapping(section.getPath());
    } else if (connector instanceof MetricsConnector.OwnPort port) {
      MetricsHandler handler = new MetricsHandler(endpoint(section));
      environment
          .lifecycle()
          .manage(new MetricsServer(port, section.getPath(), handler, section.concurrentScrapes()));
    }
  }

  private BridgeMetricsFactory section(T configuration) {
    return configuration.getMetricsFactory() instanceof BridgeMetricsFactory section
        ? section
        : new BridgeMetricsFactory();
  }

  private GuardedEndpoint endpoint(BridgeMetricsFactory section) {
    return new GuardedEndpoint(
        new Endpoint(registry::scrape, section.concurrentScrapes(), scrapes::scraped), access);
  }

  /** The registry to declare families in. */
  public BridgeRegistry registry() {
    return registry;
  }

  /** For a server other than the application's. */
  public MetricsServlet servlet(T configuration) {
    return new MetricsServlet(endpoint(section(configuration)));
  }

  /** Tells when a scrape has been answered. */
  public ScrapeSignal scrapes() {
    return scrapes;
  }
}
