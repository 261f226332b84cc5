package dev.ss.api.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.api.ApiApplication;
import dev.ss.config.SsConfiguration;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.process.Directories;
import dev.ss.testkit.process.Ports;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** An API that runs, and what its report says. */
final class ReportedApi implements AutoCloseable {
  /** How soon the report has to be right. */
  static final Duration SOON = Duration.ofSeconds(10);

  private final Path directory;
  private final int port = new Ports().free();
  private final DropwizardTestSupport<SsConfiguration> process;
  private final String[] headers;

  private ReportedApi(Path directory, List<String> config, String... headers) throws Exception {
    this.directory = directory;
    this.headers = headers;
    Path file = directory.resolve("config.yml");
    Files.write(file, config.stream().map(line -> line.formatted(port)).toList());
    process = new DropwizardTestSupport<>(ApiApplication.class, file.toString());
    process.before();
  }

  /**
   * Starts the API with three job types.
   *
   * @param directory is deleted at the end
   * @param api settings of the section {@code api}
   * @param more lines of config.yml
   * @param headers of every request for the report
   */
  static ReportedApi start(
      Path directory, String databaseUrl, String api, List<String> more, String... headers)
      throws Exception {
    List<String> config =
        List.of(
            "api: {connector: {type: http, port: %d}, " + api + "}",
            "worker: {heartbeatInterval: 5s}",
            "database: {url: \"" + databaseUrl + "\", user: postgres, statementTimeout: 2s}",
            "jobTypes:",
            "  report: {command: [sort], timeout: 1m}",
            "  resize: {command: [cat], timeout: 1m}",
            "  single: {command: [cat], maxRunning: 1}",
            "logging: {level: ERROR, appenders: []}",
            String.join("\n", more));
    return new ReportedApi(directory, config, headers);
  }

  Http http() {
    return Http.ofApi(port);
  }

  JsonNode report() {
    return http().get("/v1/report", headers).json();
  }

  /** Waits until the report has exactly this verdict and these findings. */
  void awaitExactly(String verdict, String... findings) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode report = report();
              assertThat(named(report)).containsExactlyInAnyOrder(findings);
              assertThat(report.path("verdict").textValue()).isEqualTo(verdict);
            });
  }

  /** Waits until the report has these findings, and maybe others. */
  void awaitAmong(String... findings) {
    await().atMost(SOON).untilAsserted(() -> assertThat(named(report())).contains(findings));
  }

  /** Waits until the report has none of these findings. */
  void awaitNone(String... findings) {
    await().atMost(SOON).untilAsserted(() -> assertThat(named(report())).doesNotContain(findings));
  }

  /** The codes of the findings, each with its job type. */
  static List<String> named(JsonNode report) {
    return StreamSupport.stream(report.path("findings").spliterator(), false)
        .map(
            finding ->
                finding.path("code").textValue()
                    + (finding.path("job_type").isNull()
                        ? ""
                        : ":" + finding.path("job_type").textValue()))
        .toList();
  }

  /** The finding of this code. */
  JsonNode finding(String code) {
    return StreamSupport.stream(report().path("findings").spliterator(), false)
        .filter(finding -> finding.path("code").textValue().equals(code))
        .findFirst()
        .orElseThrow();
  }

  /** The value of {@code ss_report_findings} for a code; null if there is none. */
  Double exported(String code) {
    return http()
        .get("/metrics?name[]=ss_report_findings", headers)
        .text()
        .lines()
        .filter(line -> line.startsWith("ss_report_findings{code=\"%s\"}".formatted(code)))
        .map(line -> Double.valueOf(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() throws IOException {
    process.after();
    Directories.delete(directory);
  }
}
