package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.testkit.client.TestCertificate;
import dev.ss.testkit.process.ManagedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** Both processes behind TLS: they share a certificate, and the worker wants its clients' too. */
class TlsIT extends OwnSystem {
  private static final String PASSWORD = "canary-password";

  @Test
  void bothServeTlsAndTakeANewCertificateWithoutARestart() throws IOException {
    Path keys = directory.resolve("server.p12");
    TestCertificate first = TestCertificate.make(keys, PASSWORD);
    TestCertificate scraper = TestCertificate.make(directory.resolve("client.p12"), PASSWORD);
    scraper.trustedIn(directory.resolve("trusted.p12"));
    configure();
    ManagedProcess api = ss.launchApi();
    ManagedProcess worker = ss.launchWorker();
    api.awaitLog("ss-api is up.");
    worker.awaitLog("ss-worker is up.");

    assertServes(first, scraper);
    assertThat(first.client(ss.apiPort(), null).get("/health/live").header("Server")).isEmpty();
    assertThatThrownBy(() -> first.client(ss.metricsPort(), null).scrape())
        .as("a client without a certificate")
        .isInstanceOf(UncheckedIOException.class);

    Files.writeString(keys, "half a key store");
    api.awaitLog("api.connector.trustStorePath: cannot load the new certificates");
    worker.awaitLog("worker.connector.trustStorePath: cannot load the new certificates");
    assertServes(first, scraper);

    TestCertificate second = TestCertificate.make(directory.resolve("next.p12"), PASSWORD);
    Files.move(directory.resolve("next.p12"), keys, StandardCopyOption.ATOMIC_MOVE);
    api.awaitLog("api.connector: the new certificates are in use.");
    worker.awaitLog("worker.connector: the new certificates are in use.");
    assertServes(second, scraper);
    assertThatThrownBy(() -> first.client(ss.apiPort(), null).scrape())
        .hasCauseInstanceOf(SSLException.class);

    assertThat(api.log() + worker.log()).doesNotContain("canary");
  }

  private void assertServes(TestCertificate server, TestCertificate scraper) {
    assertThat(server.client(ss.apiPort(), null).scrape().sum("ss_http_requests_total"))
        .isNotNegative();
    assertThat(server.client(ss.metricsPort(), scraper).scrape().sum("ss_worker_slots"))
        .isPositive();
  }

  private void configure() throws IOException {
    Path config = directory.resolve("config.yml");
    String tls = "type: https, keyStorePath: server.p12, keyStorePassword: " + PASSWORD;
    String clients =
        ", needClientAuth: true, trustStorePath: trusted.p12, trustStorePassword: " + PASSWORD;
    Files.writeString(
        config,
        Files.readString(config)
            .replace("type: http, port: \"${SS_API_PORT}\"", tls + ", port: \"${SS_API_PORT}\"")
            .replace(
                "type: http, port: \"${SS_WORKER_METRICS_PORT}\"",
                tls + clients + ", port: \"${SS_WORKER_METRICS_PORT}\""));
  }
}
