package dev.ss.bench.load;

import com.codahale.metrics.NoopMetricRegistry;
import dev.ss.api.ApiApplication;
import dev.ss.config.SsConfiguration;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;

/**
 * An API in which Jetty, Jersey, JDBI and the log record nothing, because Dropwizard gives them
 * Codahale's {@link NoopMetricRegistry}. Only the event that a submission counts is left.
 */
final class WithoutCodahale extends Application<SsConfiguration> {
  private final ApiApplication api;

  WithoutCodahale(ApiApplication api) {
    this.api = api;
  }

  @Override
  public void initialize(Bootstrap<SsConfiguration> bootstrap) {
    // The API's BridgeBundle runs with no registry but its own, so it must not become a bundle of
    // this application.
    Bootstrap<SsConfiguration> ofApi = new Bootstrap<>(api);
    api.initialize(ofApi);
    bootstrap.setObjectMapper(ofApi.getObjectMapper());
    bootstrap.setConfigurationFactoryFactory(ofApi.getConfigurationFactoryFactory());
    bootstrap.setMetricRegistry(new NoopMetricRegistry());
  }

  @Override
  public void run(SsConfiguration configuration, Environment environment) {
    api.run(configuration, environment);
  }
}
