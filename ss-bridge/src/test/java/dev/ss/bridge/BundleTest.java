package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundle in applications that treat it in every way. */
class BundleTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private DropwizardTestSupport<Configuration> running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.after();
    }
  }

  /** An application that is nothing but its bundles. */
  public static final class Bundled extends Application<Configuration> {
    private final Consumer<Bootstrap<Configuration>> bundles;

    Bundled(Consumer<Bootstrap<Configuration>> bundles) {
      this.bundles = bundles;
    }

    @Override
    public void initialize(Bootstrap<Configuration> bootstrap) {
      bundles.accept(bootstrap);
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
      environment.jersey().register(new Hello());
    }
  }

  /** A resource, so that Jersey has one. */
  @Path("/hello")
  public static final class Hello {
    /** Greets. */
    @GET
    public String greet() {
      return "hello";
    }
  }

  private void start(Consumer<Bootstrap<Configuration>> bundles, String... overrides)
      throws Exception {
    ConfigOverride[] all = new ConfigOverride[overrides.length + 2];
    all[0] = ConfigOverride.config("server.applicationConnectors[0].port", "0");
    all[1] = ConfigOverride.config("server.adminConnectors[0].port", "0");
    for (int i = 0; i < overrides.length; i++) {
      String[] pair = overrides[i].split("=", 2);
      all[i + 2] = ConfigOverride.config(pair[0], pair[1]);
    }
    running =
        new DropwizardTestSupport<>(Bundled.class, (String) null, all) {
          @Override
          public Application<Configuration> newApplication() {
            return new Bundled(bundles);
          }
        };
    running.before();
  }

  private HttpResponse<String> get(int port, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void metricsAreServedByTheApplicationsConnector() throws Exception {
    start(bootstrap -> bootstrap.addBundle(new BridgeBundle<>()));

    assertThat(get(running.getLocalPort(), "/metrics").body()).contains("jvm_threads_current ");
    assertThat(get(running.getAdminPort(), "/metrics").body())
        .as("Dropwizard's own, in JSON")
        .startsWith("{");
  }

  @Test
  void orByTheAdminConnectorUnderAnotherPath() throws Exception {
    start(
        bootstrap -> bootstrap.addBundle(new BridgeBundle<>()),
        "metrics.connector=admin",
        "metrics.path=/prometheus/metrics");

    assertThat(get(running.getAdminPort(), "/prometheus/metrics").body()).contains("jvm_");
    assertThat(get(running.getLocalPort(), "/prometheus/metrics").statusCode()).isEqualTo(404);
    assertThat(get(running.getLocalPort(), "/metrics").statusCode()).isEqualTo(404);
  }

  @Test
  void orOnAPortOfTheirOwn() throws Exception {
    start(bootstrap -> bootstrap.addBundle(new BridgeBundle<>()), "metrics.connector=localhost:0");

    int port =
        running.getEnvironment().lifecycle().getManagedObjects().stream()
            .map(Object::toString)
            .filter(text -> text.startsWith("MetricsServer"))
            .map(text -> Integer.parseInt(text.replaceAll("\\D+", "")))
            .findFirst()
            .orElseThrow();
    assertThat(get(port, "/metrics").body()).contains("jvm_threads_current ");
    assertThat(get(running.getLocalPort(), "/metrics").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metrics.connector=public",
        "metrics.connector=65536",
        "metrics.connector=host:",
        "metrics.path=metrics",
        "metrics.path=/"
      })
  void whatIsNoPlaceStopsTheApplication(String override) {
    assertThatThrownBy(
            () -> start(bootstrap -> bootstrap.addBundle(new BridgeBundle<>()), override))
        .hasMessageContaining(override.substring(0, override.indexOf('=')));
    running = null;
  }

  @Test
  void whoMayHaveThemIsTheApplicationsToSay() throws Exception {
    ScrapeAccess access =
        request ->
            request.header("X-Key").isPresent()
                ? Optional.empty()
                : Optional.of(new ScrapeAccess.Refusal(403, Map.of()));
    start(bootstrap -> bootstrap.addBundle(new BridgeBundle<>(BridgeSettings.defaults(), access)));

    assertThat(get(running.getLocalPort(), "/metrics").statusCode()).isEqualTo(403);
    assertThat(get(running.getLocalPort(), "/metrics", "X-Key", "1").statusCode()).isEqualTo(200);
  }

  @Test
  void anotherRegistryAfterTheBundleStopsTheApplication() {
    assertThatThrownBy(
            () ->
                start(
                    bootstrap -> {
                      bootstrap.addBundle(new BridgeBundle<>());
                      bootstrap.setMetricRegistry(new MetricRegistry());
                    }))
        .hasMessageContaining("Bootstrap.setMetricRegistry was called after the bundle");
    running = null;
  }

  @Test
  void whatAnEarlierRegistryHoldsIsTakenOver() throws Exception {
    MetricRegistry earlier = new MetricRegistry();
    earlier.meter("parcels").mark(3);
    Timer ride = earlier.timer("ride");
    start(
        bootstrap -> {
          bootstrap.setMetricRegistry(earlier);
          bootstrap.addBundle(new BridgeBundle<>());
        });
    earlier.counter("late").inc(5);
    earlier.counter("gone");
    earlier.remove("gone");
    ride.time().close();

    String metrics = get(running.getLocalPort(), "/metrics").body();
    assertThat(metrics)
        .contains("parcels_total 3.0\n")
        .contains("late 5.0\n")
        .contains("ride_seconds_count 1\n")
        .doesNotContain("gone");
  }

  @Test
  void twoBundlesAreOneTooMany() {
    assertThatThrownBy(
            () ->
                start(
                    bootstrap -> {
                      bootstrap.addBundle(new BridgeBundle<>());
                      bootstrap.addBundle(new BridgeBundle<>());
                    }))
        .hasMessageContaining("two BridgeBundles");
    running = null;
  }

  @Test
  void aServletThatIsCalledMetricsIsNoRival() throws Exception {
    ConfiguredBundle<Configuration> other =
        new ConfiguredBundle<>() {
          @Override
          public void run(Configuration configuration, Environment environment) {
            environment
                .servlets()
                .addServlet("metrics", new MetricsServlet(new BridgeRegistry()))
                .addMapping("/other");
          }
        };
    start(
        bootstrap -> {
          bootstrap.addBundle(new BridgeBundle<>());
          bootstrap.addBundle(other);
        });

    assertThat(get(running.getLocalPort(), "/metrics").body()).contains("jvm_threads_current ");
    assertThat(get(running.getLocalPort(), "/other").statusCode()).isEqualTo(200);
  }
}
