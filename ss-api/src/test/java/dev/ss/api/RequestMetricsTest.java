package dev.ss.api;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.RawHttp;
import dev.ss.testkit.exposition.Scrape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every request is counted once and timed once, under its method, its route and its status, whoever
 * answered it. Jetty counts when the answer is complete, which may be after the client has it.
 */
class RequestMetricsTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final String REQUESTS = "ss_http_requests_total";
  private static final String DURATIONS = "ss_http_request_duration_seconds";
  private static final String JOB = "/v1/jobs/019ab000-0000-7000-8000-000000000000";

  /** A scrape is a request itself, and these are many. */
  private static final String SCRAPES = "{method=\"GET\",route=\"/metrics\",status_code=\"200\"}";

  /** The number of scrapes that had been asked for, and so the one that is under way. */
  private static int scrapes;

  private record Request(String what, String text, String labels, int status) {}

  private static Stream<Request> requests() {
    return Stream.of(
        counted("a match", "GET", "/v1/job-types", "GET", "/v1/job-types", 200),
        counted("a match with a parameter", "GET", JOB, "GET", "/v1/jobs/{job_id}", 404),
        counted("a match below it", "GET", JOB + "/log", "GET", "/v1/jobs/{job_id}/log", 404),
        counted("a bad job id", "GET", "/v1/jobs/x/output", "GET", "/v1/jobs/{job_id}/output", 400),
        counted("a query", "GET", "/v1/jobs?limit=0", "GET", "/v1/jobs", 400),
        counted("a slash at the end", "GET", "/v1/jobs/", "GET", "/v1/jobs", 200),
        counted("an action", "POST", JOB + "/cancel", "POST", "/v1/jobs/{job_id}/cancel", 404),
        counted(
            "an asynchronous answer", "GET", JOB + "/wait", "GET", "/v1/jobs/{job_id}/wait", 404),
        counted("no match", "GET", "/nothing", "GET", "unmatched", 404),
        counted("no match below a route", "GET", JOB + "/x", "GET", "unmatched", 404),
        counted("a batch is no job", "PUT", "/v1/jobs/batch", "PUT", "/v1/jobs/batch", 405),
        counted("a batch of nothing", "POST", "/v1/jobs/batch", "POST", "/v1/jobs/batch", 415),
        counted("the status page", "GET", "/", "GET", "/", 200),
        counted("a file of it", "GET", "/ui/style.css", "GET", "/ui/{file}", 200),
        counted("a file it has not", "GET", "/ui/canary.css", "GET", "/ui/{file}", 404),
        counted("beside its files", "GET", "/canary.css", "GET", "unmatched", 404),
        counted("a method it has not", "PUT", JOB, "PUT", "/v1/jobs/{job_id}", 405),
        counted("TRACE", "TRACE", "/v1/jobs", "TRACE", "/v1/jobs", 405),
        counted("an unknown method", "BREW", "/v1/jobs", "_OTHER", "/v1/jobs", 405),
        counted("an unknown method, unmatched", "BREW", "/x", "_OTHER", "unmatched", 404),
        counted("a method in lower case", "get", "/v1/jobs", "_OTHER", "/v1/jobs", 405),
        counted("HEAD", "HEAD", "/v1/workers", "HEAD", "/v1/workers", 200),
        counted("HEAD, unmatched", "HEAD", "/nothing", "HEAD", "unmatched", 404),
        counted("HEAD of the metrics", "HEAD", "/metrics", "HEAD", "/metrics", 200),
        counted("OPTIONS", "OPTIONS", "/v1/jobs", "OPTIONS", "/v1/jobs", 200),
        counted("the metrics refused", "DELETE", "/metrics", "DELETE", "/metrics", 405),
        counted("the metrics in other letters", "HEAD", "/%6detrics", "HEAD", "/metrics", 200),
        counted("the metrics by a detour", "HEAD", "/x/../metrics", "HEAD", "/metrics", 200),
        counted("refused by Jetty", "GET", "/v1/jobs/%2F", "GET", "/v1/jobs/{job_id}", 400),
        counted("refused by Jetty, unmatched", "GET", "/v1//jobs", "GET", "unmatched", 400),
        counted("not even a path", "GET", "*", "GET", "unmatched", 400));
  }

  private static Request counted(
      String what, String method, String target, String asMethod, String asRoute, int status) {
    return new Request(
        what,
        RawHttp.head(method + " " + target + " HTTP/1.1", "Connection: close"),
        labels(asMethod, asRoute, status),
        status);
  }

  private static Stream<Request> requestsWithHeaders() {
    return Stream.of(
        new Request(
            "not acceptable",
            RawHttp.head("GET /v1/jobs HTTP/1.1", "Accept: text/html"),
            labels("GET", "/v1/jobs", 406),
            406),
        new Request(
            "unsupported media type",
            RawHttp.head("POST /v1/jobs HTTP/1.1", "Content-Type: text/x", "Content-Length: 0"),
            labels("POST", "/v1/jobs", 415),
            415),
        new Request(
            "a malformed content type",
            RawHttp.head("POST /v1/jobs HTTP/1.1", "Content-Type: x", "Content-Length: 0"),
            labels("POST", "/v1/jobs", 400),
            400),
        new Request(
            "headers too large",
            RawHttp.head("GET /v1/jobs HTTP/1.1", "X: " + "x".repeat(9_000)),
            labels("GET", "/v1/jobs", 431),
            431),
        new Request(
            "no Host", "GET /v1/jobs HTTP/1.1\r\n\r\n", labels("GET", "/v1/jobs", 400), 400));
  }

  @BeforeEach
  void everythingBeforeIsCounted() {
    await()
        .untilAsserted(
            () -> assertThat(scrape().valueOrZero(REQUESTS + SCRAPES)).isEqualTo(scrapes - 1.0));
  }

  @Test
  void everyRequestIsCountedAndTimedOnce() {
    List<Request> requests = Stream.concat(requests(), requestsWithHeaders()).toList();
    Scrape before = scrape();

    for (Request request : requests) {
      assertThat(API.raw().send(request.text()).status())
          .as(request.what())
          .isEqualTo(request.status());
    }

    awaitGrowth(
        before, requests.stream().collect(groupingBy(Request::labels, summingDouble(each -> 1))));
  }

  @Test
  void aSubmissionIsCountedOnce() {
    Scrape before = scrape();
    API.http().submitted();

    awaitGrowth(before, Map.of(labels("POST", "/v1/jobs", 201), 1.0));
  }

  @Test
  void aWaitIsCountedWhenItIsOverAndNotWhenItBegins() {
    String jobId = API.http().submitted();
    everythingBeforeIsCounted();
    Scrape before = scrape();
    var answer = API.http().getLater("/v1/jobs/" + jobId + "/wait?timeout=60s");
    await().until(() -> scrape().value("ss_http_requests_in_flight") == 2);
    assertThat(scrape().valueOrZero(REQUESTS + labels("GET", "/v1/jobs/{job_id}/wait", 200)))
        .isEqualTo(before.valueOrZero(REQUESTS + labels("GET", "/v1/jobs/{job_id}/wait", 200)));

    API.rows().succeed(jobId);

    assertThat(answer.join().status()).isEqualTo(200);
    awaitGrowth(before, Map.of(labels("GET", "/v1/jobs/{job_id}/wait", 200), 1.0));
  }

  @Test
  void requestsOfOneConnectionAreCountedEach() {
    Scrape before = scrape();
    for (int i = 0; i < 5; i++) {
      Answer answer = API.http().get("/health/live");
      assertThat(answer.status()).isEqualTo(200);
    }

    awaitGrowth(before, Map.of(labels("GET", "/health/live", 200), 5.0));
  }

  @Test
  void everyScrapeIsCountedOnceToo() {
    Scrape first = scrape();
    int scrapesAtFirst = scrapes;

    await()
        .untilAsserted(
            () -> {
              Scrape now = scrape();
              assertThat(
                      now.valueOrZero(REQUESTS + SCRAPES) - first.valueOrZero(REQUESTS + SCRAPES))
                  .isEqualTo(scrapes - scrapesAtFirst);
            });
  }

  @Test
  void nothingIsInFlightButTheScrapeItself() {
    API.http().get("/nothing");

    await().until(() -> scrape().value("ss_http_requests_in_flight") == 1);
  }

  @Test
  void everyHistogramCountsWhatItsLastBucketHoldsAndItsCounterSays() {
    API.http().get("/v1/jobs");
    API.http().get("/nothing");

    await()
        .untilAsserted(
            () -> {
              Scrape scrape = scrape();
              Map<String, Double> requests = scrape.named(REQUESTS);
              assertThat(requests).isNotEmpty();
              requests.forEach(
                  (series, count) -> {
                    String labels = series.substring(REQUESTS.length());
                    assertThat(scrape.value(DURATIONS + "_count" + labels)).isEqualTo(count);
                    assertThat(scrape.value(DURATIONS + "_bucket" + infinity(labels)))
                        .isEqualTo(count);
                    assertThat(scrape.value(DURATIONS + "_sum" + labels)).isPositive();
                  });
            });
  }

  private static Scrape scrape() {
    scrapes++;
    return API.scrape();
  }

  private static void awaitGrowth(Scrape before, Map<String, Double> byLabels) {
    await()
        .untilAsserted(
            () -> {
              Scrape now = scrape();
              assertThat(grown(before, now, REQUESTS)).isEqualTo(byLabels);
              assertThat(grown(before, now, DURATIONS + "_count")).isEqualTo(byLabels);
            });
  }

  private static Map<String, Double> grown(Scrape before, Scrape now, String family) {
    Map<String, Double> grown = new HashMap<>();
    now.grownSince(before, family)
        .forEach((series, by) -> grown.put(series.substring(family.length()), by));
    grown.remove(SCRAPES);
    return grown;
  }

  private static String labels(String method, String route, int status) {
    return Scrape.series(
        "", "method", method, "route", route, "status_code", Integer.toString(status));
  }

  private static String infinity(String labels) {
    return labels.substring(0, labels.length() - 1) + ",le=\"+Inf\"}";
  }
}
