package dev.ss.drill.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A Prometheus with the shipped rule files, whose times are scaled, and an Alertmanager. */
final class Monitoring implements AutoCloseable {
  private static final Duration UP_LIMIT = Duration.ofMinutes(2);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private final Path directory;
  private final TimeScale scale;
  private final Http prometheus;
  private final Http alertmanager;
  private final String prometheusAddress;
  private final String alertmanagerAddress;
  private final List<ManagedProcess> processes = new ArrayList<>();

  /**
   * Prepares both without starting them.
   *
   * @param shipped the directory ops/prometheus
   */
  Monitoring(Path directory, Path shipped, TimeScale scale, Ports ports, HttpClient http) {
    this.directory = directory;
    this.scale = scale;
    prometheusAddress = "127.0.0.1:" + ports.free();
    alertmanagerAddress = "127.0.0.1:" + ports.free();
    prometheus = new Http(http, URI.create("http://" + prometheusAddress), ANSWER_LIMIT);
    alertmanager = new Http(http, URI.create("http://" + alertmanagerAddress), ANSWER_LIMIT);
    scale.copy(shipped, directory.resolve("prometheus"));
    targets("alertmanager", List.of(alertmanagerAddress));
  }

  /** Starts both and waits until they answer. */
  void start() {
    startAlertmanager();
    startPrometheus();
  }

  private void startAlertmanager() {
    write(
        directory.resolve("alertmanager.yml"),
        "route: {receiver: nobody, group_wait: 0s}\nreceivers: [{name: nobody}]\n");
    start(
        "alertmanager",
        "prometheus-alertmanager",
        "--config.file=alertmanager.yml",
        "--storage.path=alertmanager",
        "--cluster.listen-address=",
        "--web.listen-address=" + alertmanagerAddress);
    awaitUp("Alertmanager", alertmanager);
  }

  /** Also scales the times that are command-line options. */
  private void startPrometheus() {
    start(
        "prometheus",
        "prometheus",
        "--config.file=prometheus/prometheus-file-sd.yml",
        "--storage.tsdb.path=series",
        "--web.listen-address=" + prometheusAddress,
        "--query.lookback-delta=" + scale.of("5m"),
        "--rules.alert.resend-delay=" + scale.of("1m"));
    awaitUp("Prometheus", prometheus);
  }

  private void start(String name, String... command) {
    processes.add(
        ManagedProcess.start(
            directory, directory.resolve(name + ".log"), Map.of(), List.of(command)));
  }

  private void awaitUp(String name, Http http) {
    Waiting.until(
        () -> name + " is ready; see its log in " + directory, UP_LIMIT, () -> isReady(http));
  }

  private static boolean isReady(Http http) {
    try {
      return http.get("/-/ready").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** Sets the targets of a scrape job, each as host and port. */
  void targets(String job, List<String> targets) {
    String list = targets.stream().map(each -> '"' + each + '"').collect(Collectors.joining(", "));
    Path file = directory.resolve("prometheus/targets/" + job + ".yml");
    Path draft = directory.resolve(job + ".draft");
    write(draft, "- targets: [" + list + "]\n");
    try {
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many targets of this scrape job are up. */
  long up(String job) {
    long up = 0;
    for (JsonNode target :
        read(prometheus, "/api/v1/targets?state=active").at("/data/activeTargets")) {
      if (target.at("/labels/job").textValue().equals(job)
          && target.get("health").textValue().equals("up")) {
        up++;
      }
    }
    return up;
  }

  /**
   * Returns Prometheus's alerts and their states, {@code pending} or {@code firing}; for several
   * alerts of the same name, the worse state.
   */
  Map<AlertName, String> alerts() {
    Map<AlertName, String> states = new HashMap<>();
    for (JsonNode alert : read(prometheus, "/api/v1/alerts").at("/data/alerts")) {
      states.merge(
          name(alert),
          alert.get("state").textValue(),
          (one, other) -> one.equals("firing") ? one : other);
    }
    return states;
  }

  /** Returns the alerts that Alertmanager would send to a receiver. */
  Set<AlertName> sent() {
    Set<AlertName> names = new HashSet<>();
    read(alertmanager, "/api/v2/alerts?active=true").forEach(each -> names.add(name(each)));
    return names;
  }

  private static AlertName name(JsonNode alert) {
    JsonNode labels = alert.get("labels");
    return new AlertName(labels.get("alertname").textValue(), labels.path("burn_rate").asText(""));
  }

  private static JsonNode read(Http http, String path) {
    Answer answer = http.get(path);
    if (answer.status() != 200) {
      throw new IllegalStateException(path + ": " + answer);
    }
    return answer.json();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    processes.forEach(ManagedProcess::close);
  }
}
