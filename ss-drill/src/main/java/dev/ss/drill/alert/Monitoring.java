package dev.ss.drill.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();
  private final URI prometheus;
  private final URI alertmanager;
  private final TimeScale scale;
  private final List<Process> processes = new ArrayList<>();

  /**
   * Prepares both without starting them.
   *
   * @param shipped the directory ops/prometheus
   */
  Monitoring(Path directory, Path shipped, TimeScale scale, Ports ports, HttpClient http) {
    this.directory = directory;
    this.http = http;
    this.scale = scale;
    this.prometheus = localhost(ports.free());
    this.alertmanager = localhost(ports.free());
    scale.copy(shipped, directory.resolve("prometheus"));
    targets("alertmanager", List.of(alertmanager.getAuthority()));
  }

  /** Starts both and waits until they answer. */
  void start() {
    startAlertmanager();
    startPrometheus();
  }

  private static URI localhost(int port) {
    return URI.create("http://127.0.0.1:" + port);
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
        "--web.listen-address=" + alertmanager.getAuthority());
    awaitUp("Alertmanager", alertmanager);
  }

  /** Also scales the times that are command-line options. */
  private void startPrometheus() {
    start(
        "prometheus",
        "prometheus",
        "--config.file=prometheus/prometheus-file-sd.yml",
        "--storage.tsdb.path=series",
        "--web.listen-address=" + prometheus.getAuthority(),
        "--query.lookback-delta=" + scale.of("5m"),
        "--rules.alert.resend-delay=" + scale.of("1m"));
    awaitUp("Prometheus", prometheus);
  }

  private void start(String name, String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve(name + ".log").toFile())
              .start();
      // Leaves no process behind if the drills are interrupted.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      processes.add(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitUp(String name, URI uri) {
    Waiting.until(
        () -> name + " is ready; see its log in " + directory,
        UP_LIMIT,
        () -> {
          try {
            return get(uri.resolve("/-/ready")).statusCode() == 200;
          } catch (UncheckedIOException notYet) {
            return false;
          }
        });
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
        read(prometheus.resolve("/api/v1/targets?state=active")).at("/data/activeTargets")) {
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
    for (JsonNode alert : read(prometheus.resolve("/api/v1/alerts")).at("/data/alerts")) {
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
    read(alertmanager.resolve("/api/v2/alerts?active=true")).forEach(each -> names.add(name(each)));
    return names;
  }

  private static AlertName name(JsonNode alert) {
    JsonNode labels = alert.get("labels");
    return new AlertName(labels.get("alertname").textValue(), labels.path("burn_rate").asText(""));
  }

  private JsonNode read(URI uri) {
    HttpResponse<String> response = get(uri);
    if (response.statusCode() != 200) {
      throw new IllegalStateException(uri + " answers " + response.statusCode());
    }
    try {
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> get(URI uri) {
    try {
      return http.send(
          HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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
    processes.forEach(Process::destroyForcibly);
  }
}
