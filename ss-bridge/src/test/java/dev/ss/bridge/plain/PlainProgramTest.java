package dev.ss.bridge.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.Exposition;
import dev.ss.testkit.exposition.Scrape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlainProgramTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private Mail mail;

  @BeforeEach
  void start() throws Exception {
    mail = new Mail(0);
  }

  @AfterEach
  void stop() {
    mail.close();
  }

  private HttpResponse<byte[]> ask(String method, String query, String... headers)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:%d/metrics%s".formatted(mail.port(), query));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      request.header(parts[0], parts[1]);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Test
  void theJdksServerServesTimersAsHistogramsAndTheJvm() throws Exception {
    mail.deliver();

    HttpResponse<byte[]> response = ask("GET", "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    Scrape scrape = Exposition.parse(text(response.body()));
    assertThat(scrape.value("mail_delivery_seconds_bucket{le=\"0.05\"}")).isEqualTo(1);
    assertThat(scrape.families()).contains("jvm_threads_current", "process_cpu_seconds_total");
  }

  @Test
  void itNegotiatesAsTheServletDoes() throws Exception {
    HttpResponse<byte[]> response =
        ask(
            "GET",
            "?name[]=mail_delivery_seconds".replace("[]", "%5B%5D"),
            "Accept: application/openmetrics-text",
            "Accept-Encoding: gzip");

    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    String unpacked =
        text(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes());
    assertThat(unpacked).contains("mail_delivery_seconds_count 0").endsWith("# EOF\n");
    assertThat(unpacked).doesNotContain("jvm_");
  }

  @Test
  void aHeadHasNoBodyAndOtherMethodsAreRefused() throws Exception {
    HttpResponse<byte[]> head = ask("HEAD", "?name%5B%5D=mail_delivery_seconds");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length")).isPresent();

    HttpResponse<byte[]> post = ask("POST", "");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void aScrapeOfNothingIsEmpty() throws Exception {
    HttpResponse<byte[]> nothing = ask("GET", "?name%5B%5D=nothing");

    assertThat(nothing.statusCode()).isEqualTo(200);
    assertThat(nothing.body()).isEmpty();
  }
}
