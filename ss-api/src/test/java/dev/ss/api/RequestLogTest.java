package dev.ss.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code api.requestLog}, beside which requests are still counted. */
class RequestLogTest {
  private static final Path LOG = newFile();

  @RegisterExtension
  static final ApiServerExtension API =
      ApiServerExtension.with(
          "requestLog: {appenders: [{type: file, currentLogFilename: '%s', archive: false}]}"
              .formatted(LOG));

  @AfterAll
  static void delete() throws IOException {
    Files.delete(LOG);
  }

  @Test
  void everyRequestIsLoggedAndCounted() {
    assertThat(API.http().get("/health/live").status()).isEqualTo(200);
    assertThat(API.raw().send(RawHttp.head("GET /nowhere HTTP/1.1")).status()).isEqualTo(404);
    assertThat(API.raw().send("GET / HTTP/1.1\r\nbad header: x\r\n\r\n").status()).isEqualTo(400);

    await()
        .untilAsserted(
            () ->
                assertThat(LOG)
                    .content()
                    .contains("\"GET /health/live HTTP/1.1\" 200")
                    .contains("\"GET /nowhere HTTP/1.1\" 404"));
    await()
        .untilAsserted(
            () -> {
              assertThat(API.scrape().sum("ss_http_requests_total", "/health/live")).isEqualTo(1);
              assertThat(API.scrape().sum("ss_http_requests_total", "status_code=\"400\""))
                  .isEqualTo(1);
            });
  }

  private static Path newFile() {
    try {
      return Files.createTempFile("requests", ".log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
