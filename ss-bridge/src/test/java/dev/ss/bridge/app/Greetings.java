package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.ss.bridge.Exposition;
import dev.ss.testkit.exposition.Scrape;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The application, started on a free port, and a client of it. */
final class Greetings implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  private static final String CONFIGURATION =
      """
      server:
        applicationConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]
        adminConnectors: []
        requestLog: {appenders: []}
      logging: {level: 'OFF'} # one route fails, and says so
      database:
        driverClass: org.sqlite.JDBC
        url: "jdbc:sqlite::memory:"
        validationQuery: SELECT 1
        initialSize: 1
        minSize: 1
        maxSize: 1 # each connection has a memory of its own
      client: {timeout: 10s, connectionTimeout: 10s, connectionRequestTimeout: 10s}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final DropwizardTestSupport<GreetingConfiguration> support;

  /**
   * The application, not started yet.
   *
   * @param metrics the metrics section of its config.yml, or nothing
   */
  Greetings(String metrics) {
    this(CONFIGURATION, metrics);
  }

  private Greetings(String configuration, String metrics) {
    byte[] yaml = (configuration + metrics).getBytes(StandardCharsets.UTF_8);
    support =
        new DropwizardTestSupport<>(
            GreetingApplication.class, "config.yml", path -> new ByteArrayInputStream(yaml));
  }

  Greetings() {
    this("");
  }

  /** The application with an admin connector, not started yet. */
  static Greetings withAdmin(String metrics) {
    String none = "adminConnectors: []";
    String one = "adminConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]";
    return new Greetings(CONFIGURATION.replace(none, one), metrics);
  }

  Greetings start() throws Exception {
    support.before();
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    support.after();
  }

  int port() {
    return support.getLocalPort();
  }

  MetricRegistry metrics() {
    return support.getEnvironment().metrics();
  }

  /** One request to each of its routes; answers how long all of them took together. */
  Duration useEveryRoute() {
    long begin = System.nanoTime();
    assertThat(get("/greetings/world").body()).isEqualTo("hello world");
    assertThat(post("/greetings", "good evening").statusCode()).isEqualTo(204);
    assertThat(get("/greetings/later").body()).isEqualTo("1 greetings");
    assertThat(get("/greetings/failing").statusCode()).isEqualTo(500);
    assertThat(get("/greetings/relayed").body()).isEqualTo("hello relay");
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> post(String path, String body) {
    return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> getFromAdmin(String path) {
    return send(HttpRequest.newBuilder(uri(support.getAdminPort(), path)));
  }

  private URI uri(String path) {
    return uri(port(), path);
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text a Prometheus without wishes gets. */
  String text() {
    return get("/metrics").body();
  }

  /** The same, read. */
  Scrape scrape() {
    return Exposition.parse(text());
  }
}
