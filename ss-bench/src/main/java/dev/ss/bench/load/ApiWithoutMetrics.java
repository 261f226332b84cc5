package dev.ss.bench.load;

import dev.ss.api.ApiApplication;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;

/** The API without metrics. */
public final class ApiWithoutMetrics extends ApiApplication {
  private ApiWithoutMetrics() {}

  /** Runs the API; the arguments are {@code server config.yml}. */
  public static void main(String[] arguments) throws Exception {
    new WithoutCodahale(new ApiWithoutMetrics()).run(arguments);
  }

  @Override
  protected Consumer<Server> countRequests(JerseyEnvironment jersey) {
    return server -> {};
  }
}
