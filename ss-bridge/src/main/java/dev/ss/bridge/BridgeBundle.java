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
 * A Dropwizard bundle that serves {@code GET /metrics}: the application's registry and the metrics
 * of the JVM and the process.
 *
 * <pre>{@code
 * public void initialize(Bootstrap<MyConfiguration> bootstrap) {
 *   bootstrap.addBundle(new BridgeBundle<>()); // before other bundles, which may use the registry
 * }
 * }</pre>
 *
 * @param <T> the application's configuration, whose {@code metrics} section gains the keys of
 *     {@link BridgeMetricsFactory}
 */
public final class BridgeBundle<T extends Configuration> implements ConfiguredBundle<T> {
  /** The path of the metrics unless {@code metrics.path} sets another. */
  public static final String PATH = "/metrics";

  private static final Logger LOG = LoggerFactory.getLogger(BridgeBundle.class);
  private static final String SERVLET = "ss-bridge";

  private final BridgeRegistry registry;
  private final ScrapeAccess access;
  private final ScrapeSignal scrapes = new ScrapeSignal();

  /** Makes a bundle with the default limits that answers every client. */
  public BridgeBundle() {
    this(BridgeSettings.defaults(), ScrapeAccess.OPEN);
  }

  /** Makes a bundle with these limits that asks {@code access} about each request. */
  public BridgeBundle(BridgeSettings settings, ScrapeAccess access) {
    this.registry = new BridgeRegistry(settings);
    this.access = access;
  }

  /**
   * Replaces the application's registry by the bundle's, and registers there what the earlier
   * registry holds.
   *
   * @throws IllegalStateException if the application already has a {@code BridgeBundle}
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
   * Starts the registry and serves the metrics.
   *
   * @throws IllegalStateException if the application's registry is not the bundle's
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

  /** Returns the application's registry, in which families can be declared. */
  public BridgeRegistry registry() {
    return registry;
  }

  /** Makes a servlet that serves the same metrics on a server other than the application's. */
  public MetricsServlet servlet(T configuration) {
    return new MetricsServlet(endpoint(section(configuration)));
  }

  /** Returns the signal that every answered scrape triggers. */
  public ScrapeSignal scrapes() {
    return scrapes;
  }
}
