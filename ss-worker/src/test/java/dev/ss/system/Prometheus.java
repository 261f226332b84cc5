package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
  private static final Duration GRAPH = Duration.ofMinutes(5);

  private final Client client;
  private final Runnable stop;

  private Prometheus(Client client, Runnable stop) {
    this.client = client;
    this.stop = stop;
  }

  /** Scrapes both processes every second. */
  static Prometheus scraping(Ss ss) {
    return start(ss, "");
  }

  /** The same, and evaluates the shipped rules; alerts fire as soon as they have a reason. */
  static Prometheus alerting(Ss ss) {
    try (Stream<Path> rules = Files.list(Ss.repository().resolve("ops/prometheus/rules"))) {
      Path copies = Files.createDirectory(ss.directory().resolve("rules"));
      for (Path rule : rules.toList()) {
        Files.writeString(
            copies.resolve(rule.getFileName()),
            Files.readString(rule).replaceAll("(?m)^( +for:) \\S+$", "$1 0s"));
      }
      return start(ss, "rule_files: [%s/*.yml]".formatted(copies));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that somebody else has started. */
  static Prometheus at(int port) {
    return new Prometheus(new Client(port), () -> {});
  }

  private static Prometheus start(Ss ss, String rules) {
    try {
      Path config = ss.directory().resolve("prometheus.yml");
      Files.writeString(
          config,
          """
          global:
            scrape_interval: 1s
            evaluation_interval: 1s
          %s
          scrape_configs:
            - job_name: ss-api
              static_configs: [{targets: ["127.0.0.1:%d"]}]
            - job_name: ss-worker
              static_configs: [{targets: ["127.0.0.1:%d"]}]
          """
              .formatted(rules, ss.apiPort(), ss.metricsPort()));
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
      return new Prometheus(new Client(port), process::close);
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

  /** Asks until the query has a number at some time of the last minutes, as a graph does. */
  void awaitGraph(String query, Duration step) {
    Awaitility.await(query)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> range(query, step), Prometheus::hasNumbers);
  }

  /** Asks until all rules are as expected. */
  void awaitRules(Predicate<JsonNode> expected) {
    Awaitility.await("rules")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(rules()).isNotEmpty().allMatch(expected));
  }

  List<JsonNode> rules() {
    return samples(Client.json(client.get("/api/v1/rules")).at("/data/groups"))
        .flatMap(group -> samples(group.get("rules")))
        .toList();
  }

  private JsonNode query(String query) {
    return result("/api/v1/query?query=" + encoded(query));
  }

  private JsonNode range(String query, Duration step) {
    long now = Clock.systemUTC().instant().getEpochSecond();
    return result(
        "/api/v1/query_range?query=%s&start=%d&end=%d&step=%d"
            .formatted(encoded(query), now - GRAPH.toSeconds(), now, step.toSeconds()));
  }

  private static String encoded(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private JsonNode result(String path) {
    JsonNode answer = Client.json(client.get(path));
    assertThat(answer.get("status").asText())
        .as(answer.path("error").asText())
        .isEqualTo("success");
    return answer.at("/data/result");
  }

  /** Whether there is anything to draw in a vector or a matrix. */
  static boolean hasNumbers(JsonNode result) {
    return samples(result)
        .flatMap(
            series ->
                series.has("values")
                    ? samples(series.get("values"))
                    : Stream.of(series.get("value")))
        .anyMatch(pair -> Double.isFinite(number(pair)));
  }

  /** The samples of a result. */
  static Stream<JsonNode> samples(JsonNode result) {
    return StreamSupport.stream(result.spliterator(), false);
  }

  /** The number of a sample. */
  static double value(JsonNode sample) {
    return number(sample.get("value"));
  }

  private static double number(JsonNode pair) {
    String text = pair.get(1).textValue();
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  @Override
  public void close() {
    stop.run();
  }
}
