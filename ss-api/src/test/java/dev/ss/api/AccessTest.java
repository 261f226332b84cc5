package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static dev.ss.testkit.exposition.Scrape.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.access.NewToken;
import dev.ss.access.Permission;
import dev.ss.api.access.AuditLog;
import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.unit.CapturedLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** With a file of tokens, each route needs one that allows what the route does. */
class AccessTest {
  private static final String JOB = "/v1/jobs/019ab000-0000-7000-8000-000000000000";
  private static final String BODY = "{\"job_type\": \"word-count\", \"input\": \"some words\"}";

  private static final Map<Permission, NewToken> TOKENS = new EnumMap<>(Permission.class);

  static {
    for (Permission permission : Permission.values()) {
      TOKENS.put(permission, token(permission.wireName(), List.of(permission.wireName())));
    }
  }

  private static final NewToken ALL = token("all", List.of("scrape", "read", "submit", "operate"));
  private static final NewToken REPORTS =
      NewToken.make(
          new SecureRandom(), "reports", List.of("read", "submit", "operate"), List.of("report"));
  private static final NewToken BOTH =
      NewToken.make(new SecureRandom(), "both", List.of("read"), List.of("report", "word-count"));

  @RegisterExtension static final ApiServerExtension API = ApiServerExtension.withTokens(entries());

  private static NewToken token(String name, List<String> allow) {
    return NewToken.make(new SecureRandom(), name, allow, List.of());
  }

  private static List<String> entries() {
    return Stream.concat(TOKENS.values().stream(), Stream.of(ALL, REPORTS, BOTH))
        .map(NewToken::entry)
        .toList();
  }

  /** Every route of docs/api.md but those of health. */
  static List<Arguments> routes() {
    return List.of(
        Arguments.of("POST", "/v1/jobs", Permission.SUBMIT),
        Arguments.of("POST", "/v1/jobs/batch", Permission.SUBMIT),
        Arguments.of("GET", JOB, Permission.READ),
        Arguments.of("GET", "/v1/jobs", Permission.READ),
        Arguments.of("GET", "/v1/jobs/counts", Permission.READ),
        Arguments.of("POST", "/v1/jobs/cancel?state=failed", Permission.OPERATE),
        Arguments.of("POST", "/v1/jobs/retry?state=queued", Permission.OPERATE),
        Arguments.of("GET", JOB + "/output", Permission.READ),
        Arguments.of("GET", JOB + "/log", Permission.READ),
        Arguments.of("GET", JOB + "/wait", Permission.READ),
        Arguments.of("POST", JOB + "/cancel", Permission.OPERATE),
        Arguments.of("POST", JOB + "/retry", Permission.OPERATE),
        Arguments.of("GET", "/v1/job-types", Permission.READ),
        Arguments.of("POST", "/v1/job-types/report/pause", Permission.OPERATE),
        Arguments.of("POST", "/v1/job-types/report/resume", Permission.OPERATE),
        Arguments.of("GET", "/v1/workers", Permission.READ),
        Arguments.of("GET", "/v1/report", Permission.READ),
        Arguments.of("GET", "/v1/history", Permission.READ),
        Arguments.of("GET", "/runbooks/SsNoWorker.md", Permission.READ),
        Arguments.of("GET", "/metrics", Permission.SCRAPE),
        Arguments.of("GET", "/", Permission.READ),
        Arguments.of("GET", "/ui/style.css", Permission.READ));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aRouteNeedsTheTokenOfItsPermission(String method, String path, Permission needed) {
    assertUnauthorized(API.http().method(method, path));
    assertUnauthorized(API.http().method(method, path, "Authorization", "Bearer unknown"));
    for (Permission held : Permission.values()) {
      Answer answer = API.http().method(method, path, "Authorization", bearer(TOKENS.get(held)));
      if (held == needed) {
        assertThat(answer.status()).as("%s with %s", path, held).isNotIn(401, 403, 500);
      } else {
        assertProblem(answer, 403, "forbidden");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"/health/live", "/health/ready"})
  void healthNeedsNoToken(String path) {
    assertThat(API.http().get(path).status()).isEqualTo(200);
  }

  @Test
  void aTokenMayBeThePasswordOfBasic() {
    String pair = "whoever:" + TOKENS.get(Permission.READ).token();
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));

    assertThat(API.http().get("/v1/jobs", "Authorization", basic).status()).isEqualTo(200);
    assertThat(API.http().get("/", "Authorization", basic).status()).isEqualTo(200);
  }

  @Test
  void whoIsRefusedIsCounted() {
    Scrape before = scrape();

    API.http().get("/v1/jobs");
    API.http().get("/metrics");
    API.http().get("/v1/jobs", "Authorization", "Bearer unknown");
    API.http().get("/v1/jobs", "Authorization", bearer(TOKENS.get(Permission.SUBMIT)));
    API.http().get("/metrics", "Authorization", bearer(TOKENS.get(Permission.SUBMIT)));

    String denied = "ss_access_denied_total";
    assertThat(scrape().grownSince(before, denied))
        .isEqualTo(
            Map.of(
                series(denied, "reason", "no_token"), 2.0,
                series(denied, "reason", "bad_token"), 1.0,
                series(denied, "reason", "role"), 2.0));
  }

  @Test
  void aTokenForSomeJobTypesIsForTheseOnly() {
    String words = submit(BODY, ALL).field("job_id");
    String report = submit(BODY.replace("word-count", "report"), REPORTS).field("job_id");

    assertProblem(submit(BODY, REPORTS), 403, "forbidden");
    for (String route : List.of("", "/output", "/log", "/wait?timeout=0s")) {
      String path = "/v1/jobs/" + words + route;
      assertProblem(get(path, REPORTS), 403, "forbidden");
    }
    for (String route : List.of("/cancel", "/retry")) {
      assertProblem(post("/v1/jobs/" + words + route, REPORTS), 403, "forbidden");
    }
    assertThat(get("/v1/jobs/" + report, REPORTS).status()).isEqualTo(200);
    assertThat(post("/v1/jobs/" + report + "/cancel", REPORTS).status()).isEqualTo(200);
  }

  @Test
  void aListHasOnlyTheJobTypesOfTheToken() {
    submit(BODY, ALL);
    submit(BODY.replace("word-count", "report"), ALL);

    assertThat(get("/v1/jobs", REPORTS).json().path("jobs"))
        .isNotEmpty()
        .allMatch(job -> job.path("job_type").textValue().equals("report"));
    assertProblem(get("/v1/jobs?job_type=word-count", REPORTS), 403, "forbidden");
    assertProblem(get("/v1/jobs?job_type=report&job_type=word-count", REPORTS), 403, "forbidden");
    assertThat(get("/v1/jobs", BOTH).json().path("jobs").findValuesAsText("job_type"))
        .contains("report", "word-count")
        .containsOnly("report", "word-count");
    assertThat(get("/v1/jobs?job_type=word-count", BOTH).status()).isEqualTo(200);
  }

  @Test
  void aCountAndAChangeOfManyAreOfTheJobTypesOfTheToken() {
    String words = submit(BODY, ALL).field("job_id");
    String report = submit(BODY.replace("word-count", "report"), ALL).field("job_id");

    int all = get("/v1/jobs/counts", ALL).json().path("total").intValue();
    int reports = get("/v1/jobs/counts", REPORTS).json().path("total").intValue();
    assertThat(reports).isPositive().isLessThan(all);
    assertProblem(get("/v1/jobs/counts?job_type=word-count", REPORTS), 403, "forbidden");
    assertProblem(post("/v1/jobs/cancel?job_type=word-count", REPORTS), 403, "forbidden");
    // The token's own types are no choice of the client.
    assertProblem(post("/v1/jobs/cancel", REPORTS), 400, "invalid_parameter");
    assertThat(post("/v1/jobs/cancel?state=queued", REPORTS).status()).isEqualTo(200);

    assertThat(get("/v1/jobs/" + words, ALL).field("state")).isEqualTo("queued");
    assertThat(get("/v1/jobs/" + report, ALL).field("state")).isEqualTo("cancelled");
  }

  @Test
  void theAuditLogSaysWhoChangedHowManyJobs() throws Exception {
    post("/v1/jobs/cancel?state=queued", ALL);
    submit(BODY, ALL);
    submit(BODY, ALL);
    try (CapturedLog audit = CapturedLog.ofLogger(AuditLog.LOGGER)) {
      post("/v1/jobs/cancel?state=queued&dry_run=true", ALL);
      post("/v1/jobs/cancel?state=queued&limit=1", TOKENS.get(Permission.OPERATE));
      post("/v1/jobs/cancel?state=queued", ALL);
      post("/v1/jobs/cancel?state=queued", ALL);
      post("/v1/jobs/retry?state=cancelled&limit=2", ALL);

      assertThat(audit.messages())
          .containsExactly(
              "INFO operate cancelled 1 job.",
              "INFO all cancelled 1 job.",
              "INFO all retried 2 jobs.");
    }
  }

  @Test
  void anItemOfABatchForAnotherJobTypeIsRefusedAlone() {
    Answer answer =
        API.http()
            .submitBatch(
                "{\"jobs\": [%s, %s]}".formatted(BODY, BODY.replace("word-count", "report")),
                "Authorization",
                bearer(REPORTS));

    assertThat(answer.json().path("results").findValuesAsText("status"))
        .containsExactly("403", "201");
    assertThat(answer.json().at("/results/0/code").textValue()).isEqualTo("forbidden");
  }

  @Test
  void aJobKeepsWhoSubmittedAndChangedItAndTheAuditLogSaysSo() throws Exception {
    try (CapturedLog audit = CapturedLog.ofLogger(AuditLog.LOGGER)) {
      Answer job = submit(BODY, TOKENS.get(Permission.SUBMIT));
      String path = "/v1/jobs/" + job.field("job_id");
      post(path + "/cancel", TOKENS.get(Permission.OPERATE));
      post(path + "/cancel", ALL);
      post(path + "/retry", ALL);

      Answer now = get(path, TOKENS.get(Permission.READ));
      assertThat(now.field("submitted_by")).isEqualTo("submit");
      assertThat(now.field("changed_by")).isEqualTo("all");
      assertThat(audit.messages())
          .containsExactly(
              line("submit", "submitted", job),
              line("operate", "cancelled", job),
              line("all", "retried", job));
    }
  }

  private static String line(String token, String action, Answer job) {
    return "INFO %s %s job %s of type word-count.".formatted(token, action, job.field("job_id"));
  }

  @Test
  void aChangedFileIsReadWithoutARestart() throws IOException {
    NewToken late = token("late", List.of("read"));
    List<String> more = new ArrayList<>(entries());
    more.add(late.entry());

    API.writeTokens(more);

    await().untilAsserted(() -> assertThat(get("/v1/jobs", late).status()).isEqualTo(200));
  }

  private static void assertUnauthorized(Answer answer) {
    assertProblem(answer, 401, "unauthorized");
    assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("Basic ", "Bearer ");
  }

  private static Scrape scrape() {
    return Scrape.parse(get("/metrics", ALL).text());
  }

  private static Answer get(String path, NewToken token) {
    return API.http().get(path, "Authorization", bearer(token));
  }

  private static Answer post(String path, NewToken token) {
    return API.http().post(path, "Authorization", bearer(token));
  }

  private static Answer submit(String body, NewToken token) {
    return API.http().submit(body, "Authorization", bearer(token));
  }

  private static String bearer(NewToken token) {
    return "Bearer " + token.token();
  }
}
