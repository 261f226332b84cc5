package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.browser.Chromium;
import dev.ss.testkit.browser.Tab;
import dev.ss.testkit.client.Client;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.unit.Installed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The status page as people have it: in a real browser, of a real system. The tests share one, but
 * for the test that begins with nothing and breaks it.
 */
class StatusPageIT {
  @TempDir private static Path shared;
  @TempDir private Path directory;
  private static Chromium chromium;
  private static Ss ss;
  private static Client client;
  private static ManagedProcess api;
  private Tab tab;

  @BeforeAll
  static void startBrowserAndSystem() {
    Installed.assumeChromium();
    chromium = Chromium.startIn(shared);
    ss = Ss.in(shared);
    client = ss.client();
    api = ss.startApi();
    ss.startWorker();
  }

  @AfterAll
  static void stopBrowserAndSystem() {
    if (ss != null) {
      ss.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void openTab() {
    tab = chromium.newTab();
    tab.runFirst(script("hurry.js"));
  }

  @AfterEach
  void closeTab() {
    tab.close();
  }

  @Test
  void jobsAppearRunAndFinish() throws IOException {
    tab.open(page(ss));
    Path gate = directory.resolve("gate");
    String job = client.submit("gate", gate.toString());
    tab.await(jobIs(job, "running"));
    tab.await("document.querySelector('#workers .runs')?.textContent.includes('gate')");
    assertThat(tab.text("#workers")).contains("worker-1", "✓ live", "1 / 4", job.substring(24));
    tab.await("document.querySelector('[data-number=running]').textContent === '1'");
    String failing = client.submit("fail", "canary-input");
    tab.await(jobIs(failing, "failed") + " && " + jobIs(failing, "command failed, exit code 3"));

    Files.createFile(gate);

    tab.await(jobIs(job, "✓ succeeded"));
    tab.await("document.querySelector('#workers .runs').textContent === 'nothing'");
    assertThat(tab.evaluate("document.querySelectorAll('#charts canvas').length").intValue())
        .isEqualTo(4);
    assertThat(tab.text("body")).doesNotContain("canary", "went wrong", "passed in attempt");
    assertThat(tab.complaints()).isEmpty();
    assertThat(tab.requestedUrls())
        .hasSizeGreaterThan(20)
        .allMatch(url -> url.startsWith(page(ss)))
        .noneMatch(StatusPageIT::asksForContents);
  }

  private static boolean asksForContents(String url) {
    return url.matches(".*/v1/jobs/.*/(input|output|log).*");
  }

  /**
   * A system of its own, from its first start on. A table that is not there is a database that does
   * not answer.
   */
  @Test
  void whatIsWrongIsSaidAndThatItIsRightAgain() throws SQLException {
    try (Ss own = Ss.in(directory)) {
      ManagedProcess ownApi = own.startApi();
      tab.open(page(own));
      awaitTitle("There is no worker");
      assertThat(tab.text("#jobs tbody")).isEqualTo("No jobs yet.");
      tab.pressTabTo("#findings a[target]");
      String runbook = tab.evaluate("document.activeElement.href").textValue();
      assertThat(
              tab.evaluate("fetch('%s').then(({ status }) => status)".formatted(runbook))
                  .intValue())
          .isEqualTo(200);
      ManagedProcess worker = own.startWorker();
      awaitTitle("Healthy");

      sql("alter table workers rename to workers_elsewhere");
      awaitTitle("The database is away");
      sql("alter table workers_elsewhere rename to workers");
      awaitTitle("Healthy");

      own.client().submit("gate", "never");
      tab.await("document.querySelector('#workers .runs').textContent.includes('gate')");
      worker.kill();
      awaitTitle("All workers are silent");
      assertThat(tab.text("#workers")).contains("✕ stale");

      ownApi.kill();
      awaitTitle("The API does not answer");
      assertThat(tab.text("#jobs")).as("the last that was known").contains("gate");
      own.startApi();
      awaitTitle("All workers are silent");
      tab.await("document.querySelector('[data-number=p95]').textContent.endsWith('ms')");
    }
  }

  /** The jobs are of today, and the page's calendar is a day ahead. */
  @Test
  void yesterdaysFailedJobsOfSomeTypesAreFoundAndRetriedByKeyboard() {
    String one = submitLabelled("complain");
    String other = submitLabelled("stubborn");
    List.of(one, other, submitLabelled("fail")).forEach(client::awaitFinal);
    tab.open(page(ss));
    tab.await(jobIs(one, "failed"));
    tab.evaluate(script("tomorrow.js"));

    tab.pressTabTo("nav a[href=\"#/jobs\"]");
    tab.press("Enter");
    tab.await("document.activeElement.id === 'jobs-heading'");
    tab.pressTabTo("[name=state][value=failed]");
    tab.press(" ");
    tab.await("document.querySelector('[name=job_type][value=stubborn]')");
    tab.pressTabTo("#filter summary");
    tab.press("Enter");
    for (String type : List.of("stubborn", "complain")) {
      tab.pressTabTo("[name=job_type][value=%s]".formatted(type));
      tab.press(" ");
    }
    tab.pressTabTo("[name=label]");
    "of:yesterday".chars().forEach(key -> tab.press(Character.toString(key)));
    tab.pressTabTo("#last-yesterday");
    tab.press("Enter");
    tab.await("document.getElementById('jobs-status').textContent.startsWith('2 jobs with')");
    assertThat(tab.evaluate("location.hash").textValue())
        .contains("state=failed", "job_type=complain", "job_type=stubborn", "label=of%3Ayesterday")
        .contains("created_after=", "created_before=");
    assertThat(
            tab.evaluate("document.getElementById('job-list').tBodies[0].rows.length").intValue())
        .isEqualTo(2);

    tab.pressTabTo("#retry-all");
    tab.press("Enter");
    tab.await("document.getElementById('confirm').open");
    assertThat(tab.text("#confirm-text")).startsWith("Retry 2 jobs with state failed");
    tab.press("Escape");
    tab.await("document.getElementById('notice').textContent === 'Nothing was changed.'");
    assertThat(tab.evaluate("document.activeElement.id").textValue()).isEqualTo("retry-all");
    tab.press("Enter");
    tab.await("document.getElementById('confirm').open");
    tab.pressTabTo("#confirm-yes");
    tab.press("Enter");

    tab.await("document.getElementById('notice').textContent === '2 jobs queued again.'");
    Awaitility.await().until(() -> attempts(one) == 4 && attempts(other) == 2);
    assertThat(tab.complaints()).isEmpty();
  }

  private static String submitLabelled(String jobType) {
    return client.submit(
        Map.of("job_type", jobType, "input", "x", "labels", Map.of("of", "yesterday")));
  }

  @Test
  void theFormShowsAllThatTheAddressSaysAndKeepsIt() {
    String filter =
        "#/jobs?state=failed&state=cancelled&job_type=complain&job_type=gone&error_code=timed_out"
            + "&error_code=worker_lost&schedule=greeting&label=a%3Ab%2C+c&label=d%3Ae";
    tab.open(page(ss) + filter);
    tab.await("document.querySelector('[name=job_type][value=stubborn]')");

    assertThat(
            tab.evaluate(
                    "[...document.querySelectorAll('#filter summary')].map((s) => s.textContent)")
                .toString())
        .isEqualTo(
            "[\"Job type: complain, gone\",\"Error: timed out, worker lost\",\"Schedule: greeting\"]");
    assertThat(
            tab.evaluate("[...document.querySelectorAll('[name=label]')].map((l) => l.value)")
                .toString())
        .isEqualTo("[\"a:b, c\",\"d:e\",\"\"]");
    tab.pressTabTo("[name=error_code][value=timed_out], #filter details:nth-of-type(2) summary");
    tab.press("Enter");
    tab.pressTabTo("[name=error_code][value=could_not_run]");
    tab.press(" ");
    tab.pressTabTo("[name=label]");
    tab.press("Enter");

    tab.await("location.hash.includes('could_not_run')");
    assertThat(tab.evaluate("location.hash").textValue())
        .isEqualTo(filter.replace("&schedule", "&error_code=could_not_run&schedule"));
    assertThat(tab.evaluate("document.activeElement.name").textValue()).isEqualTo("label");
  }

  @Test
  void aJobTypeIsPausedAndResumedByKeyboardAndABacklogHidesNoFailure() {
    tab.open(page(ss));
    tab.await("document.querySelector('[aria-label=\"Pause bytes\"]')");
    tab.pressTabTo("[aria-label=\"Pause bytes\"]");
    tab.press("Enter");
    tab.await("document.activeElement.ariaLabel === 'Resume bytes'");
    assertThat(tab.text("#notice")).startsWith("bytes is paused");
    IntStream.range(0, 30).forEach(i -> client.submit("bytes", "x"));
    String failing = client.submit("complain", "x");
    tab.await(jobIs(failing, "failed"));
    String job = client.submit("bytes", "x");
    tab.await(jobIs(job, "queued"));
    tab.await("document.activeElement.ariaLabel === 'Resume bytes'");
    tab.press("Enter");
    tab.await(jobIs(job, "succeeded"));
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void aJobIsWatchedByKeyboardAlsoWhenItsTabWasHiddenAndTheApiAway() {
    tab.open(page(ss));
    String job = client.submit("reports", "");
    String link = "#jobs a[href=\"#/jobs/%s\"]".formatted(job);
    tab.await("document.querySelector('%s')".formatted(link));
    tab.pressTabTo(link);
    tab.press("Enter");

    tab.await("document.activeElement.id === 'job-heading'");
    tab.await("document.querySelector('progress').value > 0.1");
    awaitLogLine(50);
    int seen = nothingIsAskedWhileTheTabIsHidden(job);
    awaitLogLine(seen + 1);
    api.kill();
    awaitTitle("The API does not answer");
    api = ss.startApi();
    tab.await("document.getElementById('job-state').textContent === '✓ succeeded'");
    awaitLogLine(300);

    assertThat(log().skip(1))
        .isEqualTo(
            IntStream.rangeClosed(1, 300).mapToObj("attempt 1, line %d"::formatted).toList());
    assertThat(tab.sentHeaders("Last-Event-ID"))
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(id -> id.matches("1:[1-9]\\d*"));
    assertThat(tab.evaluate("document.title").textValue()).contains("✓ succeeded reports");
    assertThat(tab.requestedUrls())
        .allMatch(url -> url.startsWith(page(ss)))
        .noneMatch(url -> url.contains("/input") || url.contains("/output"));
  }

  /** Neither for what the page polls nor for the log; returns how many lines of it are shown. */
  private int nothingIsAskedWhileTheTabIsHidden(String job) {
    Tab another = chromium.newTab();
    try {
      tab.await("document.hidden");
      // What was asked before may still be answered.
      tab.evaluate("new Promise((done) => setTimeout(done, 500))");
      int requests = tab.requestedUrls().size();
      int lines = (int) log().count() - 1;
      double progress = progress(job);
      Awaitility.await().until(() -> progress(job) > progress + 0.1);
      assertThat(tab.requestedUrls()).hasSize(requests);
      assertThat(log()).hasSize(lines + 1);
      return lines;
    } finally {
      another.close();
      tab.show();
    }
  }

  private static double progress(String job) {
    return client.get("/v1/jobs/" + job).json().get("progress").doubleValue();
  }

  private void awaitLogLine(int number) {
    tab.await(
        "document.getElementById('log').textContent.includes('line %d\\n')".formatted(number));
  }

  private Stream<String> log() {
    return tab.evaluate("document.getElementById('log').textContent").textValue().lines();
  }

  @Test
  void aJobsLogIsShownWhenAskedForAndEachAttemptHasItsOwn() {
    String job = client.submit("complain", "<b>no markup</b>");
    client.awaitFinal(job);
    tab.open(page(ss) + "#/jobs/" + job);
    tab.await("document.getElementById('job-state').textContent.startsWith('✕ failed')");
    assertThat(tab.text("#log-status")).isEqualTo("Not followed.");
    assertThat(tab.requestedUrls()).noneMatch(StatusPageIT::asksForContents);
    assertThat(
            tab.evaluate(
                    "[...document.querySelectorAll('#attempts a')].map((a) => a.hash + a.search)")
                .toString())
        .isEqualTo("[\"?run=2\",\"?run=2\",\"?run=1\",\"?run=1\"]");

    tab.pressTabTo("#log-follow");
    tab.press("Enter");

    tab.await("document.getElementById('log').textContent.includes('<b>no markup</b>')");
    tab.pressTabTo("#job-retry");
    tab.press("Enter");
    tab.await("document.getElementById('attempts').tBodies[0].rows.length === 4");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void thePageFitsEveryScreenInTheLightAndInTheDark() throws IOException {
    IntStream.range(0, 30).forEach(i -> client.submit("complain", "x"));
    String job = client.submit("complain", "x");
    client.awaitFinal(job);
    tab.open(page(ss));
    tab.await("document.querySelector('#findings li')");
    List<String> views = List.of("#/", "#/jobs?state=failed", "#/jobs/" + job);
    for (String view : views) {
      show(view);
      for (int width : new int[] {360, 800, 1280}) {
        tab.resize(width, 800, width < 400);
        for (String scheme : List.of("light", "dark")) {
          tab.preferColours(scheme);
          tab.await("document.documentElement.scrollWidth <= " + width);
          assertThat(tab.evaluate(script("contrast.js")).doubleValue())
              .as("contrast, %s, %s, %d wide", view, scheme, width)
              .isGreaterThanOrEqualTo(4.5);
        }
      }
    }
    show("#/");
    tab.await("parseFloat(document.querySelector('[data-number=failed]').textContent) > 0");
    assertThat(tab.complaints()).isEmpty();

    tab.evaluate(axe());
    for (String view : views) {
      show(view);
      assertThat(tab.evaluate(script("accessibility.js")).toString()).as(view).isEqualTo("[]");
    }
  }

  private void show(String view) {
    tab.evaluate("location.hash = '%s'".formatted(view));
    tab.await("document.querySelector('main > div:not([hidden]) tbody th')");
  }

  /** The page's modules that need no document, one by one. They run where they will run. */
  @TestFactory
  Stream<DynamicTest> modules() {
    tab.open(page(ss));
    tab.await("document.getElementById('as-of')");
    return StreamSupport.stream(tab.evaluate(script("modules.js")).spliterator(), false)
        .map(
            result ->
                DynamicTest.dynamicTest(
                    result.get("name").textValue(),
                    () -> assertThat(result.get("failure").asText()).isEmpty()));
  }

  private static String page(Ss of) {
    return "http://127.0.0.1:" + of.apiPort() + "/";
  }

  private void awaitTitle(String title) {
    tab.await("document.getElementById('headline-title')?.textContent === '%s'".formatted(title));
  }

  private static String jobIs(String job, String text) {
    return "document.querySelector('#jobs [data-key=\"%s\"]')?.textContent.includes('%s')"
        .formatted(job, text);
  }

  private static int attempts(String job) {
    return client.get("/v1/jobs/%s/attempts".formatted(job)).json().get("attempts").size();
  }

  private static String axe() throws IOException {
    Properties properties = new Properties();
    try (InputStream file =
        StatusPageIT.class.getResourceAsStream(
            "/META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
      properties.load(file);
    }
    return script(
        "/META-INF/resources/webjars/axe-core/%s/axe.min.js"
            .formatted(properties.getProperty("version")));
  }

  private static String script(String name) {
    try (InputStream script = StatusPageIT.class.getResourceAsStream(name)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ss.db"));
        Statement sql = connection.createStatement()) {
      sql.execute("pragma busy_timeout = 30000");
      sql.execute(statement);
    }
  }
}
