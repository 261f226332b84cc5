package dev.ss.bench.load;

import dev.ss.api.ApiApplication;
import dev.ss.api.http.Routes;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;

/** The API with Micrometer's metrics in place of its own. */
public final class ApiWithMicrometer extends ApiApplication {
  private ApiWithMicrometer() {}

  /** Runs the API; the arguments are {@code server config.yml}. */
  public static void main(String[] arguments) throws Exception {
    new WithoutCodahale(new ApiWithMicrometer()).run(arguments);
  }

  @Override
  protected Consumer<Server> countRequests(JerseyEnvironment jersey) {
    jersey.register(new Routes());
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    return server -> {
      new MicrometerRequests(registry).install(server);
      server.setHandler(new MicrometerScrape(server.getHandler(), registry));
    };
  }
}
