package dev.ss.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** A real Prometheus that scrapes an {@link Ss}, on machines that have one. */
final class Prometheus implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ManagedProcess process;
  private final Client client;

  private Prometheus(ManagedProcess process, Client client) {
    this.process = process;
    this.client = client;
  }

  /** Scrapes both processes every second. */
  static Prometheus scraping(Ss ss) {
    try {
      Path config = ss.directory().resolve("prometheus.yml");
      Files.writeString(
          config,
          """
          global:
            scrape_interval: 1s
          scrape_configs:
            - job_name: ss-api
              static_configs: [{targets: ["127.0.0.1:%d"]}]
            - job_name: ss-worker
              static_configs: [{targets: ["127.0.0.1:%d"]}]
          """
              .formatted(ss.apiPort(), ss.metricsPort()));
      int port = Ss.freePort();
      ManagedProcess process =
          ManagedProcess.start(
              ss.directory(),
              ss.directory().resolve("prometheus.log"),
              Map.of(),
              List.of(
                  "prometheus",
                  "--config.file=" + config,
                  "--storage.tsdb.path=" + ss.directory().resolve("prometheus-data"),
                  "--web.listen-address=127.0.0.1:" + port));
      process.awaitLog("Server is ready to receive web requests");
      return new Prometheus(process, new Client(port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks until the result of an instant query is as expected. */
  void await(String query, Predicate<JsonNode> expected) {
    Awaitility.await(query)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> query(query), expected);
  }

  private JsonNode query(String query) {
    return Client.json(
            client.get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
        .get("data")
        .get("result");
  }

  /** The samples of a result. */
  static Stream<JsonNode> samples(JsonNode result) {
    return StreamSupport.stream(result.spliterator(), false);
  }

  /** The number of a sample. */
  static double value(JsonNode sample) {
    String text = sample.get("value").get(1).textValue();
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** What {@code promtool check metrics} has to say about a scrape; nothing if all is well. */
  static String check(Client scraped) {
    try {
      Path output = Files.createTempFile("promtool", ".txt");
      Process promtool =
          new ProcessBuilder("promtool", "check", "metrics")
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      promtool.getOutputStream().write(scraped.get("/metrics").body());
      promtool.getOutputStream().close();
      promtool.waitFor();
      String said = Files.readString(output);
      Files.delete(output);
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
