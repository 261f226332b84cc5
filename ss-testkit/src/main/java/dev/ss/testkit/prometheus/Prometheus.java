package dev.ss.testkit.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A real Prometheus and its HTTP API. */
public final class Prometheus implements AutoCloseable {
  /** How long the waiting methods ask before they fail. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Duration GRAPH = Duration.ofMinutes(5);

  private final Http http;
  private final Optional<ManagedProcess> process;

  private Prometheus(Http http, Optional<ManagedProcess> process) {
    this.http = http;
    this.process = process;
  }

  /**
   * Starts a Prometheus with the configuration of the caller, and waits until it is ready.
   *
   * @param directory the working directory, for the log and the data as well
   */
  public static Prometheus start(Path directory, Path config, int port, List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("prometheus-data"),
                "--web.listen-address=127.0.0.1:" + port));
    command.addAll(options);
    ManagedProcess process =
        ManagedProcess.start(directory, directory.resolve("prometheus.log"), Map.of(), command);
    process.awaitLog("Server is ready to receive web requests");
    return new Prometheus(new Http(port), Optional.of(process));
  }

  /**
   * Starts a Prometheus that scrapes loopback ports each second.
   *
   * @param ports the ports by the names of their scrape jobs
   */
  public static Prometheus scraping(Path directory, Map<String, Integer> ports, String... options) {
    return scraping(directory, ports, "", List.of(options));
  }

  /** Starts a Prometheus that also evaluates the rules in this directory, each second. */
  public static Prometheus evaluating(
      Path directory, Map<String, Integer> ports, Path rules, String... options) {
    return scraping(
        directory, ports, "rule_files: [%s/*.yml]\n".formatted(rules), List.of(options));
  }

  private static Prometheus scraping(
      Path directory, Map<String, Integer> ports, String rules, List<String> options) {
    String config =
        "global: {scrape_interval: 1s, evaluation_interval: 1s}\n"
            + rules
            + "scrape_configs:\n"
            + ports.entrySet().stream()
                .map(job -> scrapeJob(job.getKey(), job.getValue()))
                .collect(Collectors.joining());
    try {
      Path file = Files.writeString(directory.resolve("prometheus.yml"), config);
      return start(directory, file, new Ports().free(), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String scrapeJob(String name, int port) {
    return """
      - job_name: %s
        static_configs: [{targets: ["127.0.0.1:%d"]}]
    """
        .formatted(name, port);
  }

  /** Talks to a Prometheus that something else has started. */
  public static Prometheus at(int port) {
    return new Prometheus(new Http(port), Optional.empty());
  }

  /** Waits until the result of an instant query is as expected. */
  public void await(String query, Predicate<JsonNode> expected) {
    Waiting.until(() -> query, LIMIT, () -> expected.test(query(query)));
  }

  /** Waits until an instant query has this one number. */
  public void awaitValue(String query, long expected) {
    Waiting.until(
        () -> query + " = " + expected,
        LIMIT,
        () -> value(query).equals(OptionalDouble.of((double) expected)));
  }

  /** Waits until a query has a number at some time of the last minutes, as a graph does. */
  public void awaitGraph(String query, Duration step) {
    Waiting.until(() -> query, LIMIT, () -> hasNumbers(range(query, step)));
  }

  /** Waits until there are rules, and all are as expected. */
  public void awaitRules(Predicate<JsonNode> expected) {
    Waiting.until(
        () -> "rules as expected: " + rules(),
        LIMIT,
        () -> {
          List<JsonNode> rules = rules();
          return !rules.isEmpty() && rules.stream().allMatch(expected);
        });
  }

  /** Returns all rules of all groups. */
  public List<JsonNode> rules() {
    return samples(data("rules").get("groups"))
        .flatMap(group -> samples(group.get("rules")))
        .toList();
  }

  /** Returns the names of all series. */
  public List<String> names() {
    return samples(data("label/__name__/values")).map(JsonNode::textValue).toList();
  }

  /** Returns the number that answers an instant query with at most one sample. */
  public OptionalDouble value(String query) {
    JsonNode result = query(query);
    if (result.size() > 1) {
      throw new AssertionError("several samples for %s: %s".formatted(query, result));
    }
    return result.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(value(result.get(0)));
  }

  /** Returns the result of an instant query. */
  public JsonNode query(String query) {
    return data("query?query=" + encoded(query)).get("result");
  }

  private JsonNode range(String query, Duration step) {
    long now = Clock.systemUTC().instant().getEpochSecond();
    return data("query_range?query=%s&start=%d&end=%d&step=%d"
            .formatted(encoded(query), now - GRAPH.toSeconds(), now, step.toSeconds()))
        .get("result");
  }

  private static String encoded(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  /**
   * Returns the data of an answer.
   *
   * @param path below {@code /api/v1/}
   */
  public JsonNode data(String path) {
    Answer answer = http.get("/api/v1/" + path);
    if (!answer.field("status").equals("success")) {
      throw new AssertionError("%s: %s".formatted(path, answer));
    }
    return answer.json().get("data");
  }

  /** Returns whether a vector or a matrix has a finite number, or a native histogram. */
  public static boolean hasNumbers(JsonNode result) {
    return samples(result).anyMatch(series -> series.has("histogram") || series.has("histograms"))
        || hasFiniteNumber(result);
  }

  private static boolean hasFiniteNumber(JsonNode result) {
    return samples(result)
        .flatMap(
            series ->
                series.has("value")
                    ? Stream.of(series.get("value"))
                    : samples(series.path("values")))
        .anyMatch(pair -> Double.isFinite(number(pair)));
  }

  /** Returns whether no sample of an instant query is NaN. */
  public static boolean hasNoNaN(JsonNode vector) {
    return samples(vector).allMatch(sample -> !Double.isNaN(value(sample)));
  }

  /** Returns the samples of a result. */
  public static Stream<JsonNode> samples(JsonNode result) {
    return StreamSupport.stream(result.spliterator(), false);
  }

  /** Returns the number of a sample. */
  public static double value(JsonNode sample) {
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

  /** Returns the log of a Prometheus that was started here. */
  public String log() {
    return process.orElseThrow().log();
  }

  @Override
  public void close() {
    process.ifPresent(ManagedProcess::close);
  }
}
