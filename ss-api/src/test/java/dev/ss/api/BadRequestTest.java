package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.RawHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with the wrong path, method, media type or parameter, or that are no HTTP at all. */
class BadRequestTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final String JOB = "/v1/jobs/019ab000-0000-7000-8000-000000000000";
  private static final List<String> READ =
      List.of(
          JOB,
          JOB + "/output",
          JOB + "/log",
          JOB + "/wait",
          "/v1/job-types",
          "/v1/workers",
          "/health/live",
          "/health/ready",
          "/metrics",
          "/",
          "/ui/style.css");
  private static final List<String> ACTED_ON = List.of(JOB + "/cancel", JOB + "/retry");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ui",
        "/ui/",
        "/ui/index.html",
        "/ui/style.css/x",
        "/v1",
        "/v1/",
        "/v2/jobs",
        "/v1/job",
        "/v1/jobs/x/y",
        "/v1/jobs/x/output/y",
        "/v1/job-types/report",
        "/health",
        "/metrics/",
        "/metrics/x",
        "/application.wadl",
        "/admin",
        "/favicon.ico",
        "/v1/jobs/../jobs",
        "/gr%C3%BC%C3%9Fe"
      })
  void aPathThatIsNoRouteIsNotFound(String path) {
    assertProblem(API.raw().request("GET", path), 404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "%20", "%F0%9F%98%80", "%27%20or%20%271%27=%271", ".."})
  void aJobIdThatIsNotAUuidIsRefusedOnEveryRoute(String jobId) {
    String path = "/v1/jobs/" + jobId;
    for (String route : new String[] {"", "/output", "/log", "/wait?timeout=1s"}) {
      assertProblem(API.raw().request("GET", path + route), 400, "invalid_job_id");
    }
    for (String route : new String[] {"/cancel", "/retry"}) {
      assertProblem(API.raw().request("POST", path + route), 400, "invalid_job_id");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/jobs/%2F",
        "/v1/jobs/%2f/output",
        "/v1/jobs/%00",
        "/v1/jobs/%5C",
        "/v1/jobs/%2e%2e/jobs",
        "/v1//jobs",
        "//v1/jobs",
        "/v1/jobs/..;/jobs",
        "/../etc/passwd",
        "/v1/jobs/%",
        "/v1/jobs/%zz",
        "/v1/jobs/%ff",
        "/v1/jobs/%u0041",
        "v1/jobs",
        "*"
      })
  void aPathThatCouldMeanTwoThingsIsRefused(String path) {
    assertProblem(API.raw().request("GET", path), 400, "bad_request");
  }

  @Test
  void aJobIdOfTenKilobytesIsTooLongForAUri() {
    assertProblem(API.raw().request("GET", "/v1/jobs/" + "a".repeat(10_000)), 414, "uri_too_long");
  }

  @Test
  void aJobIdOfSevenKilobytesIsJustWrong() {
    assertProblem(API.raw().request("GET", "/v1/jobs/" + "a".repeat(7_000)), 400, "invalid_job_id");
  }

  static Stream<Arguments> methodsOfOtherRoutes() {
    return Stream.of(
            READ.stream().map(path -> arguments(path, Set.of("GET", "HEAD"))),
            ACTED_ON.stream().map(path -> arguments(path, Set.of("POST"))),
            Stream.of(arguments("/v1/jobs", Set.of("GET", "HEAD", "POST"))))
        .flatMap(routes -> routes);
  }

  @ParameterizedTest(name = "{0} allows {1}")
  @MethodSource("methodsOfOtherRoutes")
  void aMethodThatARouteDoesNotHaveIsRefusedWithThoseItHas(String path, Set<String> has) {
    for (String method :
        List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW", "get")) {
      if (has.contains(method) || method.equals("HEAD")) {
        continue;
      }
      Answer answer = API.raw().request(method, path, "Content-Length: 0");

      assertProblem(answer, 405, "method_not_allowed");
      assertThat(allowed(answer)).as("%s %s", method, path).containsAll(has);
      assertThat(allowed(answer)).as("%s %s", method, path).doesNotContain(method);
    }
  }

  @ParameterizedTest(name = "{0} allows {1}")
  @MethodSource("methodsOfOtherRoutes")
  void everyAllowedMethodIsAllowed(String path, Set<String> has) {
    for (String method : has) {
      assertThat(
              API.http()
                  .method(method, path + (path.endsWith("wait") ? "?timeout=0s" : ""))
                  .status())
          .isNotEqualTo(405);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/v1/nothing"})
  void aMethodNobodyKnowsOfAPathThatIsNotThereIsAnError(String path) {
    assertProblem(API.raw().request("BREW", path, "Content-Length: 0"), 404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/jobs", JOB, JOB + "/wait", "/v1/job-types", "/v1/workers", "/health/live"})
  void aClientThatDoesNotAcceptJsonIsToldSoInJson(String path) {
    assertProblem(API.http().get(path, "Accept", "text/html"), 406, "not_acceptable");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing, 404",
    "DELETE, /metrics, 405",
    "DELETE, /v1/jobs, 405",
    "GET, /v1/jobs/%2F, 400",
    "GET, /v1/jobs/x/output, 400",
    "GET, " + JOB + "/log, 404",
    "POST, /v1/jobs, 406",
  })
  void anErrorIsAProblemWhateverTheClientAccepts(String method, String path, int status) {
    Answer answer = API.raw().request(method, path, "Accept: image/png", "Content-Length: 0");

    assertProblem(answer, status, answer.field("code"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "*/*", "application/*", "text/html, */*;q=0.1"})
  void aClientThatAcceptsJsonAmongOthersGetsIt(String accept) {
    assertThat(API.http().get("/v1/job-types", "Accept", accept).header("Content-Type"))
        .contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json;q=x", "/", ";;"})
  void anAcceptHeaderThatIsNoneIsAnErrorInJson(String accept) {
    Answer answer = API.http().get("/v1/job-types", "Accept", accept);

    assertProblem(
        answer, answer.status(), answer.status() == 406 ? "not_acceptable" : "bad_request");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/job-types?x=1, unknown_parameter",
    "/v1/workers?state=live, unknown_parameter",
    "/health/live?x=, unknown_parameter",
    JOB + "?input=true, unknown_parameter",
    JOB + "/output?x=1, unknown_parameter",
    JOB + "/wait?time=1s, unknown_parameter",
    JOB + "/wait?timeout=1s&timeout=1s, invalid_parameter",
  })
  void aParameterARouteDoesNotHaveIsRefused(String path, String code) {
    assertProblem(API.http().get(path), 400, code);
  }

  @Test
  void aSubmissionInJsonHasNoParameters() {
    long stored = API.rows().stored();

    assertProblem(API.http().post("/v1/jobs?priority=5"), 400, "invalid_parameter");
    assertProblem(API.http().post("/v1/jobs?prio=5"), 400, "unknown_parameter");
    assertThat(API.rows().stored()).isEqualTo(stored);
  }

  @Test
  void aHeaderOfNineKilobytesIsTooLarge() {
    assertProblem(
        API.raw().request("GET", "/v1/jobs", "X-Long: " + "a".repeat(9 * 1024)),
        431,
        "headers_too_large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1/jobs?cursor="})
  void aUriOfNineKilobytesIsTooLong(String start) {
    assertProblem(API.raw().request("GET", start + "a".repeat(9 * 1024)), 414, "uri_too_long");
  }

  @Test
  void oldHttpIsUnderstood() {
    Answer answer = API.raw().send("GET /health/live HTTP/1.0\r\n\r\n");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.field("status")).isEqualTo("live");
  }

  static Stream<Arguments> malformedRequests() {
    return Stream.of(
        arguments("no Host", "GET /v1/jobs HTTP/1.1\r\n\r\n"),
        arguments("two Hosts", RawHttp.head("GET /v1/jobs HTTP/1.1", "Host: other")),
        arguments("a Host that is none", "GET /v1/jobs HTTP/1.1\r\nHost: a b\r\n\r\n"),
        arguments("no version, but a header", "GET /v1/jobs HTTP/9.9\r\nHost: x\r\n\r\n"),
        arguments("a request line of one word", "GARBAGE\r\n\r\n"),
        arguments("a space before a colon", RawHttp.head("GET /v1/jobs HTTP/1.1", "X : 1")),
        arguments("a header without a name", RawHttp.head("GET /v1/jobs HTTP/1.1", ": 1")),
        arguments("a NUL in a header", RawHttp.head("GET /v1/jobs HTTP/1.1", "X: a\0b")),
        arguments(
            "a length that is none", RawHttp.head("POST /v1/jobs HTTP/1.1", "Content-Length: x")),
        arguments(
            "a negative length", RawHttp.head("POST /v1/jobs HTTP/1.1", "Content-Length: -1")),
        arguments(
            "two lengths",
            RawHttp.head("POST /v1/jobs HTTP/1.1", "Content-Length: 1", "Content-Length: 2")),
        arguments(
            "a length and chunks",
            RawHttp.head(
                    "POST /v1/jobs HTTP/1.1", "Content-Length: 5", "Transfer-Encoding: chunked")
                + "0\r\n\r\n"),
        arguments("a NUL in the path", RawHttp.head("GET /v1/jobs/\0 HTTP/1.1")),
        arguments(
            "a TLS hello", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n"),
        arguments("noise", "\u00ff\u00fe\u00fd\r\n\r\n"));
  }

  /** What no request can be made out of may also be answered by hanging up. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("malformedRequests")
  void whatIsNoHttpIsAProblemAndTheNextConnectionIsServed(String what, String request)
      throws IOException {
    try (Socket socket = API.raw().open()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      byte[] answer = readToTheEnd(socket);
      if (answer.length > 0) {
        assertProblem(
            RawHttp.read(new ByteArrayInputStream(answer)),
            Integer.parseInt(new String(answer, 9, 3, StandardCharsets.US_ASCII)),
            "bad_request");
      }
    }
    assertThat(API.http().get("/health/live").status()).isEqualTo(200);
  }

  /**
   * A proxy may take a quoted line break in a chunk's extension for a part of it. Where this server
   * takes it for the end of the line, what follows would be a request that the proxy never saw.
   */
  @ParameterizedTest
  @ValueSource(strings = {"1;a=\"\r\nX", "1;a=\"\nX", "1;\nX", "1\nX", "1;a\rX"})
  void aChunkHidesNoSecondRequest(String chunk) throws IOException {
    String hidden = "0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: localhost\r\nX: \"\r\n\r\n";
    String request =
        RawHttp.head(
                "POST /v1/jobs HTTP/1.1",
                "Content-Type: application/json",
                "Transfer-Encoding: chunked")
            + chunk
            + "\r\n"
            + hidden;
    try (Socket socket = API.raw().open()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      String answer = new String(readToTheEnd(socket), StandardCharsets.US_ASCII);
      assertThat(answer.split("HTTP/1\\.1 ", -1)).as(answer).hasSizeLessThanOrEqualTo(2);
      assertThat(answer).doesNotContain("\"live\"");
    }
  }

  @Test
  void aConnectionThatIsClosedInTheMiddleOfARequestHarmsNobody() throws IOException {
    try (Socket socket = API.raw().open()) {
      socket.getOutputStream().write("POST /v1/jobs HT".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(API.http().get("/health/live").status()).isEqualTo(200);
  }

  private static byte[] readToTheEnd(Socket socket) throws IOException {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      return new byte[0];
    }
  }

  private static List<String> allowed(Answer answer) {
    return List.of(answer.header("Allow").orElse("").split(",\\s*", -1));
  }
}
