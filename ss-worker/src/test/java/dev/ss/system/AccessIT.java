package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.access.NewToken;
import dev.ss.testkit.browser.Chromium;
import dev.ss.testkit.browser.Tab;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.client.TestCertificate;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.prometheus.Prometheus;
import dev.ss.testkit.unit.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both processes with TLS and tokens, as on a machine that others reach. */
class AccessIT extends OwnSystem {
  private static final String PASSWORD = "changeit";

  private final NewToken scraper = token("prometheus", "scrape");
  private final NewToken viewer = token("viewer", "scrape", "read");
  private final NewToken submitter = token("ci", "submit");

  private TestCertificate certificate;
  private ManagedProcess apiProcess;
  private ManagedProcess worker;
  private Http api;
  private Http workerHttp;

  private static NewToken token(String name, String... allow) {
    return NewToken.make(new SecureRandom(), name, List.of(allow), List.of());
  }

  @BeforeEach
  void start() throws IOException {
    certificate = TestCertificate.make(directory.resolve("server.p12"), PASSWORD);
    writeTokens(scraper, viewer, submitter);
    Path config = directory.resolve("config.yml");
    String tls = "type: https, keyStorePath: server.p12, keyStorePassword: " + PASSWORD;
    Files.writeString(
        config,
        Files.readString(config).replace("type: http,", tls + ",")
            + "access: {tokensFile: tokens.yml}\n"
            + "logging: {appenders: [{type: console, layout: {type: json}}]}\n");
    apiProcess = ss.launchApi();
    worker = ss.launchWorker();
    apiProcess.awaitLog("ss-api is up.");
    worker.awaitLog("ss-worker is up.");
    api = certificate.client(ss.apiPort(), null);
    workerHttp = certificate.client(ss.metricsPort(), null);
  }

  private void writeTokens(NewToken... tokens) throws IOException {
    StringBuilder file = new StringBuilder("tokens:\n");
    for (NewToken each : tokens) {
      file.append("  ").append(each.entry()).append('\n');
    }
    Files.writeString(directory.resolve("tokens.yml"), file);
  }

  @Test
  void theWorkersMetricsNeedATokenAndItsErrorsSayOnlyTheStatus() throws IOException {
    Answer without = workerHttp.get("/metrics");
    assertThat(without.status()).isEqualTo(401);
    assertThat(without.text()).isEqualTo("401 Unauthorized\n");
    assertThat(without.header("WWW-Authenticate").orElseThrow()).contains("Bearer");
    assertThat(scrape(submitter).text()).isEqualTo("403 Forbidden\n");
    assertThat(scrape(scraper).text())
        .contains("ss_access_denied_total{reason=\"no_token\"} 1.0")
        .contains("ss_access_denied_total{reason=\"role\"} 1.0");
    Answer nowhere = workerHttp.get("/canary%22%3E");
    assertThat(nowhere.text()).isEqualTo("404 Not Found\n");
    assertThat(nowhere.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(workerHttp.get("/metrics%00").text()).isEqualTo("400 Bad Request\n");

    NewToken next = token("next", "scrape");
    Files.writeString(directory.resolve("tokens.yml"), "tokens: [{name: canary");
    worker.awaitLog("The changed file of tokens is invalid");
    assertThat(scrape(scraper).status()).isEqualTo(200);
    writeTokens(next);
    worker.awaitLog("Read the changed file of tokens");
    assertThat(scrape(next).status()).isEqualTo(200);
    assertThat(scrape(scraper).status()).isEqualTo(401);
    assertThat(worker.log()).doesNotContain("canary").contains("\"level\":\"INFO\"");
  }

  private Answer scrape(NewToken token) {
    return workerHttp.get("/metrics", "Authorization", "Bearer " + token.token());
  }

  @Test
  void prometheusScrapesBothWithATokenAndAPersonLogsInToThePage() throws IOException {
    Installed.assumePrometheus();
    Installed.assumeChromium();
    String body = "{\"job_type\": \"word-count\", \"input\": \"some words\"}";
    assertThat(api.submit(body, "Authorization", "Bearer " + submitter.token()).status())
        .isEqualTo(201);
    apiProcess.awaitLog("\"logger\":\"dev.ss.audit\"");
    assertThat(apiProcess.log())
        .contains("\"action\":\"submitted\"", "\"token\":\"ci\"", "\"job_id\":")
        .doesNotContain("some words", submitter.token());

    try (Prometheus prometheus = startPrometheus()) {
      prometheus.awaitValue("sum(up == 1)", 2);
      prometheus.awaitValue("sum(ss_jobs_total{event=\"succeeded\"})", 1);
    }
    try (Chromium chromium = Chromium.startIn(directory);
        Tab tab = chromium.newTab()) {
      tab.trustEveryCertificate();
      tab.logIn("anyone", viewer.token());
      tab.open("https://localhost:%d/".formatted(ss.apiPort()));
      tab.await("document.querySelector('#jobs tbody').textContent.includes('succeeded')");
      tab.await("document.title.includes('Healthy')");
      tab.pressTabTo("#jobs a");
      tab.press("Enter");
      tab.await("document.querySelector('#log-follow:enabled')");
      tab.pressTabTo("#log-follow");
      tab.press("Enter");
      tab.await("document.getElementById('log-status').textContent.startsWith('That was all')");
    }
  }

  /** One job with the token as bearer, the other with it as the password of Basic. */
  private Prometheus startPrometheus() throws IOException {
    Path token = Files.writeString(directory.resolve("scrape-token"), scraper.token());
    String config =
        """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: ss-api
            scheme: https
            tls_config: {insecure_skip_verify: true}
            authorization: {credentials_file: %1$s}
            static_configs: [{targets: ["localhost:%2$d"]}]
          - job_name: ss-worker
            scheme: https
            tls_config: {insecure_skip_verify: true}
            basic_auth: {username: prometheus, password_file: %1$s}
            static_configs: [{targets: ["localhost:%3$d"]}]
        """
            .formatted(token, ss.apiPort(), ss.metricsPort());
    Path file = Files.writeString(directory.resolve("prometheus.yml"), config);
    return Prometheus.start(directory, file, new Ports().free(), List.of());
  }
}
