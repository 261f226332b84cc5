package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A real Prometheus that scrapes the application often, on machines that have one. */
final class Prometheus implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private Prometheus(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Scrapes the application, and has scraped it when this returns. */
  static Prometheus scraping(Greetings app, Path directory, String... flags) throws IOException {
    Path config = directory.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 250ms}
        scrape_configs:
          - job_name: greetings
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        """
            .formatted(app.port()));
    int port = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port));
    command.addAll(List.of(flags));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    Prometheus prometheus = new Prometheus(process, port);
    prometheus.awaitValue("up{job=\"greetings\"}", 1);
    return prometheus;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Asks until the answer is this number. */
  void awaitValue(String query, long expected) {
    await(query)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(query(query)).hasValue((double) expected));
  }

  /** The number that an instant query is answered with, if there is an answer. */
  OptionalDouble query(String query) {
    JsonNode result =
        json("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).get("result");
    assertThat(result.size()).as(query + result).isLessThanOrEqualTo(1);
    return result.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(result.get(0).get("value").get(1).textValue()));
  }

  /** The names of all series it has. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    json("label/__name__/values").forEach(name -> names.add(name.textValue()));
    return names;
  }

  private JsonNode json(String path) {
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
    try {
      String body =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      return JSON.readTree(body).get("data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
