package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.client.Client;
import dev.ss.testkit.process.LivingProcesses;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.prometheus.Prometheus;
import dev.ss.testkit.repository.Repository;
import dev.ss.testkit.unit.Installed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/observe}, as somebody starts it who wants to see SS in Prometheus. */
class BinObserveIT {
  @TempDir private Path directory;
  private final Ports ports = new Ports();
  private final int apiPort = ports.free();
  private final int prometheusPort = ports.free();
  private ManagedProcess observe;

  @BeforeEach
  void installed() {
    Installed.assumePrometheus();
  }

  @AfterEach
  void stop() {
    if (observe != null) {
      observe.close();
    }
  }

  @Test
  void thereAreGraphsOfTheWorkAndNothingIsLeftAfterwards() {
    observe = start();
    awaitAllUp();
    Prometheus prometheus = Prometheus.at(prometheusPort);

    prometheus.await("up == 1", result -> result.size() == 2);
    prometheus.await(
        "sum by (outcome) (ss_job_runs_total{job_type=\"flaky\", outcome=~\"succeeded|failed\"}) >"
            + " 0",
        result -> result.size() == 2);
    prometheus.await(printedQuery(), Prometheus::hasNumbers);
    prometheus.await("ss:threshold:restarts", Prometheus::hasNumbers);
    assertThat(new Client(apiPort).get("/").status()).isEqualTo(200);

    List<ProcessHandle> started = descendants();
    assertThat(started).hasSizeGreaterThan(3);
    assertThat(observe.terminate()).isZero();
    assertThat(started).noneMatch(process -> LivingProcesses.isRunning(process.pid()));
  }

  /** Debian's package starts a Prometheus by itself. */
  @Test
  void aPortThatIsTakenIsSaidPlainly() throws IOException {
    try (ServerSocket taken =
        new ServerSocket(prometheusPort, 1, InetAddress.getLoopbackAddress())) {
      observe = start();
      assertThat(observe.awaitExit()).isEqualTo(1);
      assertThat(observe.log())
          .contains("port " + taken.getLocalPort(), "systemctl stop", "SS_PROMETHEUS_PORT=");
    }
  }

  @Test
  void aPrometheusThatIsNotThereIsSaidPlainly() throws IOException {
    Path programs = Files.createDirectory(directory.resolve("programs"));
    for (String program : List.of("bash", "dirname", "env")) {
      Files.createSymbolicLink(programs.resolve(program), Path.of("/usr/bin", program));
    }
    observe = start("PATH", programs.toString());
    assertThat(observe.awaitExit()).isEqualTo(1);
    assertThat(observe.log()).contains("there is no prometheus", "apt-get install prometheus");
  }

  private void awaitAllUp() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(4))
        .failFast(() -> !observe.isAlive())
        .untilAsserted(() -> assertThat(observe.log()).contains("data and logs"));
  }

  private String printedQuery() {
    Matcher link = Pattern.compile("p95 by route +(\\S+)").matcher(observe.log());
    assertThat(link.find()).isTrue();
    return URI.create(link.group(1)).getQuery().replaceAll("^g0\\.expr=|&g0\\.tab=.*$", "");
  }

  private List<ProcessHandle> descendants() {
    return ProcessHandle.of(observe.pid()).orElseThrow().descendants().toList();
  }

  private ManagedProcess start(String... variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    environment.put("SS_API_PORT", Integer.toString(apiPort));
    environment.put("SS_WORKER_METRICS_PORT", Integer.toString(ports.free()));
    environment.put("SS_PROMETHEUS_PORT", Integer.toString(prometheusPort));
    environment.put("SS_ALERTMANAGER_PORT", Integer.toString(ports.free()));
    environment.put("SS_GRAFANA_PORT", Integer.toString(ports.free()));
    environment.put("SS_OBSERVE_DIRECTORY", directory.resolve("observe").toString());
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return ManagedProcess.start(
        Repository.root(), directory.resolve("observe.log"), environment, List.of("bin/observe"));
  }
}
