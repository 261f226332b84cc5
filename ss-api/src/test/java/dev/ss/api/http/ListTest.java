package dev.ss.api.http;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.api.support.ApiResources;
import dev.ss.testkit.client.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /v1/jobs}. */
class ListTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  @BeforeEach
  void noJobs() {
    API.rows().execute("delete from job_inputs");
    API.rows().execute("delete from jobs");
  }

  @Test
  void noJobsAreAnEmptyLastPage() {
    Answer answer = API.get("/v1/jobs");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"jobs\":[],\"next_cursor\":null}");
  }

  @Test
  void jobsAreListedNewestFirstAndLookAsTheyDoAlone() {
    List<String> submitted = submit(5);

    JsonNode page = API.get("/v1/jobs").json();

    assertThat(ids(page)).isEqualTo(newestFirst(submitted));
    assertThat(page.path("jobs").get(0)).isEqualTo(API.get("/v1/jobs/" + submitted.get(4)).json());
  }

  @Test
  void aPageHasFiftyJobsUnlessAskedOtherwise() {
    submit(51);

    assertThat(ids(API.get("/v1/jobs").json())).hasSize(50);
    assertThat(ids(API.get("/v1/jobs?limit=1000").json())).hasSize(51);
  }

  @Test
  void aLastPageThatIsFullIsTheLast() {
    submit(4);

    assertThat(nextCursor(API.get("/v1/jobs?limit=4").json())).isNull();
    assertThat(nextCursor(API.get("/v1/jobs?limit=3").json())).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 11})
  void pagesHaveEveryJobOnceWhileJobsAreAddedBetweenThem(int limit) {
    List<String> submitted = submit(10);

    List<String> read = new ArrayList<>();
    String cursor = null;
    do {
      JsonNode page =
          API.get("/v1/jobs?limit=" + limit + (cursor == null ? "" : "&cursor=" + cursor)).json();
      read.addAll(ids(page));
      // Pages that overlap might never end.
      assertThat(read).hasSizeLessThanOrEqualTo(submitted.size());
      cursor = nextCursor(page);
      submit(1);
    } while (cursor != null);

    assertThat(read).isEqualTo(newestFirst(submitted));
  }

  @ParameterizedTest
  @CsvSource({
    "queued, 0 1",
    "running, 2",
    "succeeded, 3",
    "failed, 4",
    "cancelled, 5",
  })
  void jobsOfOneStateAreListed(String state, String expected) {
    List<String> submitted = submit(6);
    API.rows().start(submitted.get(2));
    API.rows().succeed(submitted.get(3));
    API.rows().fail(submitted.get(4));
    API.post("/v1/jobs/" + submitted.get(5) + "/cancel");

    List<String> indexes = List.of(expected.split(" ", -1));
    assertThat(ids(API.get("/v1/jobs?state=" + state).json()))
        .isEqualTo(
            newestFirst(
                indexes.stream().map(index -> submitted.get(Integer.parseInt(index))).toList()));
  }

  @Test
  void jobsOfOneTypeAreListed() {
    API.submitted("word-count");
    String report = API.submitted("report");

    assertThat(ids(API.get("/v1/jobs?job_type=report").json())).containsExactly(report);
  }

  @Test
  void jobsOfATypeNobodySubmittedAreNone() {
    submit(1);

    assertThat(ids(API.get("/v1/jobs?job_type=retired").json())).isEmpty();
  }

  @Test
  void filtersHoldTogetherAndOverPages() {
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      wanted.add(API.submitted("report"));
      API.submitted("word-count");
      API.rows().fail(API.submitted("report"));
    }
    String query = "/v1/jobs?state=queued&job_type=report&limit=2";

    JsonNode first = API.get(query).json();
    JsonNode second = API.get(query + "&cursor=" + nextCursor(first)).json();

    assertThat(ids(first)).containsExactly(wanted.get(2), wanted.get(1));
    assertThat(ids(second)).containsExactly(wanted.get(0));
    assertThat(nextCursor(second)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, invalid_parameter",
    "limit=-1, invalid_parameter",
    "limit=1001, invalid_parameter",
    "limit=99999999999999999999, invalid_parameter",
    "limit=ten, invalid_parameter",
    "limit=1.5, invalid_parameter",
    "limit=, invalid_parameter",
    "limit=%31%30%20, invalid_parameter",
    "limit=1&limit=2, invalid_parameter",
    "state=done, invalid_parameter",
    "state=QUEUED, invalid_parameter",
    "state=, invalid_parameter",
    "state=queued&state=done, invalid_parameter",
    "state=queued&state=, invalid_parameter",
    "order=asc, invalid_parameter",
    "order=newest&order=oldest, invalid_parameter",
    "error_code=oops, invalid_parameter",
    "label=team, invalid_parameter",
    "label=:data, invalid_parameter",
    "label=team:data&label=team:web, invalid_parameter",
    "created_after=yesterday, invalid_parameter",
    "created_after=2026-01-31, invalid_parameter",
    "created_after=2026-01-31T12:00:00%2B01:00&created_after=2026-01-31T12:00:00Z, invalid_parameter",
    "created_before=2026-01-31T12:00:00, invalid_parameter",
    "created_before=2026-01-31T12:00:00+01:00, invalid_parameter",
    "cursor=, invalid_parameter",
    "cursor=x, invalid_parameter",
    "cursor=****, invalid_parameter",
    "cursor=AAAA, invalid_parameter",
    "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, invalid_parameter",
    "cursor=019ab000-0000-7000-8000-000000000000, invalid_parameter",
    "cursor=%00, invalid_parameter",
    "job_type=%00, invalid_parameter",
    "job_type=report%0A, invalid_parameter",
    "stat=failed, unknown_parameter",
    "State=failed, unknown_parameter",
    "%00=1, unknown_parameter",
    "state=queued&x=1, unknown_parameter",
  })
  void aQueryThatMakesNoSenseIsRefused(String query, String code) {
    assertProblem(API.get("/v1/jobs?" + query), 400, code);
  }

  @Test
  void severalStatesAndTypesAreListedTogether() {
    String report = API.submitted("report");
    String failed = API.submitted("word-count");
    API.rows().fail(failed);
    String cancelled = API.submitted("word-count");
    API.post("/v1/jobs/" + cancelled + "/cancel");
    API.submitted("word-count");

    assertThat(ids(API.get("/v1/jobs?state=failed&state=cancelled").json()))
        .containsExactly(cancelled, failed);
    assertThat(
            ids(
                API.get(
                        "/v1/jobs?job_type=report&job_type=word-count&state=queued&state=failed&limit=9")
                    .json()))
        .hasSize(3)
        .contains(report, failed);
  }

  @Test
  void jobsAreListedByLabelsAndErrorCodes() {
    String one = labelled("{\"team\": \"data\", \"run\": \"7: a b\"}");
    String other = labelled("{\"team\": \"data\"}");
    labelled("{\"team\": \"web\"}");
    API.rows().finish(other, "failed", 3, "command_failed");

    assertThat(ids(API.get("/v1/jobs?label=team:data").json())).containsExactly(other, one);
    assertThat(ids(API.get("/v1/jobs?label=team:data&label=run:7:%20a+b").json()))
        .containsExactly(one);
    assertThat(ids(API.get("/v1/jobs?label=team:data&state=failed").json())).containsExactly(other);
    assertThat(ids(API.get("/v1/jobs?error_code=timed_out&error_code=command_failed").json()))
        .containsExactly(other);
    assertThat(ids(API.get("/v1/jobs?label=team:nobody").json())).isEmpty();
  }

  @Test
  void aFilterHasAtMostSixteenLabels() {
    String labels =
        IntStream.range(0, 17).mapToObj("label=k%d:v"::formatted).collect(Collectors.joining("&"));

    assertProblem(API.get("/v1/jobs?" + labels), 400, "invalid_parameter");
    assertThat(API.get("/v1/jobs?" + labels.replace("&label=k16:v", "")).status()).isEqualTo(200);
  }

  private static String labelled(String labels) {
    return API.submit(
            "{\"job_type\": \"report\", \"input\": \"x\", \"labels\": %s}".formatted(labels))
        .field("job_id");
  }

  /** From a job's created_at on, and before it: each job is on one side. */
  @Test
  void jobsAreListedByTheTimeOfTheirCreation() {
    String early = API.submitted();
    API.clock().advance(Duration.ofMillis(1));
    String middle = API.submitted();
    API.clock().advance(Duration.ofMinutes(5));
    String late = API.submitted();
    String time = API.get("/v1/jobs/" + middle).field("created_at");

    assertThat(ids(API.get("/v1/jobs?created_after=" + time).json())).containsExactly(late, middle);
    assertThat(ids(API.get("/v1/jobs?created_before=" + time).json())).containsExactly(early);
    String elsewhere = time.replace("Z", "%2B00:00");
    assertThat(
            ids(
                API.get("/v1/jobs?created_after=%s&created_before=%s".formatted(elsewhere, time))
                    .json()))
        .isEmpty();
  }

  @Test
  void theOldestJobsCanComeFirst() {
    List<String> submitted = submit(5);

    JsonNode first = API.get("/v1/jobs?order=oldest&limit=3").json();
    JsonNode second = API.get("/v1/jobs?order=oldest&limit=3&cursor=" + nextCursor(first)).json();

    assertThat(ids(first)).isEqualTo(submitted.subList(0, 3));
    assertThat(ids(second)).isEqualTo(submitted.subList(3, 5));
    assertThat(nextCursor(second)).isNull();
    assertThat(ids(API.get("/v1/jobs?order=newest").json())).isEqualTo(newestFirst(submitted));
  }

  @Test
  void jobsAreCountedByState() {
    List<String> submitted = submit(4);
    API.rows().start(submitted.get(1));
    API.rows().fail(submitted.get(2));
    String labelled = labelled("{\"team\": \"data\"}");

    assertThat(API.get("/v1/jobs/counts").text())
        .isEqualTo(
            "{\"counts\":{\"queued\":3,\"running\":1,\"succeeded\":0,\"failed\":1,\"cancelled\":0},"
                + "\"total\":5,\"capped\":false}");
    assertThat(API.get("/v1/jobs/counts?label=team:data&state=queued&state=failed").text())
        .isEqualTo(
            "{\"counts\":{\"queued\":1,\"running\":0,\"succeeded\":0,\"failed\":0,\"cancelled\":0},"
                + "\"total\":1,\"capped\":false}");
    assertThat(API.get("/v1/jobs/" + labelled).status()).isEqualTo(200);
    assertProblem(API.get("/v1/jobs/counts?limit=5"), 400, "unknown_parameter");
  }

  private static List<String> submit(int count) {
    String job = "{\"job_type\": \"word-count\", \"input\": \"some words\"}";
    return API.submitBatch(
            "{\"jobs\": [%s]}".formatted(String.join(", ", Collections.nCopies(count, job))))
        .json()
        .findValuesAsText("job_id");
  }

  private static List<String> newestFirst(List<String> submitted) {
    List<String> reversed = new ArrayList<>(submitted);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<String> ids(JsonNode page) {
    return page.path("jobs").findValuesAsText("job_id");
  }

  private static String nextCursor(JsonNode page) {
    assertThat(page.has("next_cursor")).isTrue();
    return page.path("next_cursor").textValue();
  }
}
