package dev.ss.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.ss.testkit.client.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the contract does not allow is found, each kind once. */
class ContractTest {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final String LIVE = "{\"status\": \"live\"}";
  private static final String NOT_FOUND =
      "{\"type\": \"about:blank\", \"title\": \"Not Found\", \"status\": 404, \"code\": \"%s\","
          + " \"detail\": \"None.\"}";

  @Test
  void whatTheDocumentSaysIsAllowed() {
    assertAllowed(answer("GET", "/health/live", 200, JSON, LIVE));
    assertAllowed(answer("GET", "/health/live/", 200, JSON + ";charset=utf-8", LIVE));
    assertAllowed(answer("HEAD", "/health/live", 200, JSON, ""));
    assertAllowed(answer("GET", "/runbooks/X.md", 404, PROBLEM, problem("not_found")));
    assertAllowed(answer("GET", "/x/../health/live;a=1", 200, JSON, LIVE));
    assertAllowed(answer("GET", "/runbooks/..", 404, PROBLEM, problem("not_found")));
    assertAllowed(answer("GET", "/%zz", 404, PROBLEM, problem("not_found")));
    assertAllowed(answer("GET", "/nothing?at=all", 404, PROBLEM, problem("not_found")));
    assertAllowed(answer("GET", "/runbooks/X.md", 304, "text/plain", ""));
  }

  @Test
  void aFieldThatTheDocumentDoesNotHaveIsFound() {
    assertRefused(
        answer("GET", "/health/live", 200, JSON, "{\"status\": \"live\", \"since\": 1}"), "since");
  }

  @Test
  void aFieldThatIsMissingIsFound() {
    assertRefused(answer("GET", "/health/live", 200, JSON, "{}"), "status");
    assertRefused(
        answer("GET", "/v1/jobs", 200, JSON, "{\"jobs\": [{}], \"next_cursor\": null}"), "job_id");
  }

  @Test
  void aValueThatTheDocumentDoesNotAllowIsFound() {
    assertRefused(answer("GET", "/health/live", 200, JSON, "{\"status\": \"well\"}"), "live");
    assertRefused(
        answer("GET", "/v1/jobs", 200, JSON, "{\"jobs\": [], \"next_cursor\": 5}"), "next_cursor");
  }

  @Test
  void aStatusThatTheDocumentDoesNotHaveIsFound() {
    assertRefused(answer("GET", "/health/live", 204, JSON, ""), "this status");
    assertRefused(answer("GET", "/nothing", 200, JSON, LIVE), "this status");
    assertRefused(answer("DELETE", "/v1/jobs", 200, JSON, LIVE), "this status");
  }

  @Test
  void anotherMediaTypeIsFound() {
    assertRefused(answer("GET", "/health/live", 200, "text/plain", "live"), "text/plain");
    assertRefused(answer("GET", "/health/live", 500, "text/html", "<p>Sorry"), "text/html");
  }

  @Test
  void aBodyWhereNoneBelongsIsFound() {
    assertRefused(answer("HEAD", "/health/live", 200, JSON, LIVE), "a body");
    assertRefused(answer("GET", "/runbooks/X.md", 304, "text/plain", "X"), "a body");
  }

  @Test
  void aCodeThatTheRouteDoesNotHaveIsFound() {
    assertRefused(
        answer("GET", "/runbooks/X.md", 404, PROBLEM, problem("job_not_found")), "job_not_found");
    assertRefused(
        answer("GET", "/runbooks/X.md", 400, PROBLEM, problem("invalid_parameter")),
        "a status of its own");
  }

  @Test
  void aHeaderThatIsMissingOrWrongIsFound() {
    String path = "/v1/jobs/01a2031d-5906-7000-a33a-66fdc43c5d64/output";
    String type = "application/octet-stream";
    assertRefused(answer("GET", path, 206, type, "6"), "Content-Range is missing");
    assertRefused(answer("GET", path, 206, type, "6", "Content-Range", "0-1"), "Content-Range: ");
    assertRefused(answer("GET", path, 200, type, "6", "SS-Attempt", "one"), "SS-Attempt: ");
  }

  @Test
  void aTestsClientFailsOnSuchAnAnswer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        request -> {
          request.getResponseHeaders().set("Content-Type", JSON);
          byte[] body = "{\"status\": \"live\", \"since\": 1}".getBytes(StandardCharsets.UTF_8);
          request.sendResponseHeaders(200, body.length);
          request.getResponseBody().write(body);
          request.close();
        });
    server.start();
    try {
      Http http = Http.ofApi(server.getAddress().getPort());
      assertThatThrownBy(() -> http.get("/health/live"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("since");
      assertThatThrownBy(() -> http.getLater("/health/live").join())
          .hasCauseInstanceOf(AssertionError.class);
    } finally {
      server.stop(0);
    }
  }

  private static String problem(String code) {
    return NOT_FOUND.formatted(code);
  }

  private static void assertAllowed(Exchange exchange) {
    assertThatCode(() -> Contract.ofSs().check(exchange)).doesNotThrowAnyException();
  }

  private static void assertRefused(Exchange exchange, String because) {
    assertThatThrownBy(() -> Contract.ofSs().check(exchange))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(because);
  }

  private static Exchange answer(
      String method, String target, int status, String mediaType, String body, String... headers) {
    Map<String, List<String>> all = new TreeMap<>();
    all.put("Content-Type", List.of(mediaType));
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], List.of(headers[i + 1]));
    }
    return new Exchange(
        method,
        target,
        status,
        HttpHeaders.of(all, (name, value) -> true),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
