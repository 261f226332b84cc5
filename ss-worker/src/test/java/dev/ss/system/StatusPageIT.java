package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.testkit.browser.Chromium;
import dev.ss.testkit.browser.Tab;
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

/** The status page as people have it: in a real browser, of a real system. */
class StatusPageIT extends OwnSystem {
  @TempDir private static Path browserDirectory;
  private static Chromium chromium;
  private Tab tab;

  @BeforeAll
  static void startBrowser() {
    Installed.assumeChromium();
    chromium = Chromium.startIn(browserDirectory);
  }

  @AfterAll
  static void stopBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void openTab() {
    tab = chromium.newTab();
  }

  @AfterEach
  void closeTab() {
    tab.close();
  }

  @Test
  void jobsAppearRunAndFinish() throws IOException {
    ss.startApi();
    ss.startWorker();
    tab.open(page());
    awaitTitle("Healthy");
    assertThat(tab.text("#jobs tbody")).isEqualTo("No jobs yet.");

    Path gate = directory.resolve("gate");
    String job = client.submit("gate", gate.toString());
    String failing = client.submit("fail", "canary-input");

    tab.await(jobIs(job, "running"));
    tab.await("document.querySelector('#workers .runs')?.textContent.includes('gate')");
    assertThat(tab.text("#workers")).contains("worker-1", "✓ live", "1 / 4", job.substring(24));
    tab.await("document.querySelector('[data-number=running]').textContent === '1'");
    tab.await(jobIs(failing, "failed") + " && " + jobIs(failing, "command failed, exit code 3"));

    Files.createFile(gate);

    tab.await(jobIs(job, "✓ succeeded"));
    tab.await("document.querySelector('#workers .runs').textContent === 'nothing'");
    tab.await("document.querySelector('[data-number=p95]').textContent.endsWith('ms')");
    tab.await("parseFloat(document.querySelector('[data-number=failed]').textContent) > 0");
    assertThat(tab.evaluate("document.querySelectorAll('#charts canvas').length").intValue())
        .isEqualTo(4);
    assertThat(tab.text("body")).doesNotContain("canary", "went wrong", "passed in attempt");
    assertThat(tab.complaints()).isEmpty();
    assertThat(tab.requestedUrls())
        .hasSizeGreaterThan(20)
        .allMatch(url -> url.startsWith(page()))
        .noneMatch(StatusPageIT::asksForContents);
  }

  private static boolean asksForContents(String url) {
    return url.matches(".*/v1/jobs/.*/(input|output|log).*");
  }

  @Test
  void whatIsWrongIsSaidAndThatItIsRightAgain() {
    ManagedProcess api = ss.startApi();
    tab.open(page());
    awaitTitle("There is no worker");
    ManagedProcess worker = ss.startWorker();
    awaitTitle("Healthy");
    client.submit("gate", "never");
    worker.kill();
    awaitTitle("All workers are silent");
    assertThat(tab.text("#workers")).contains("✕ stale");

    api.kill();
    awaitTitle("The API does not answer");
    assertThat(tab.text("#jobs")).as("the last that was known").contains("gate");
    ss.startApi();
    awaitTitle("All workers are silent");
  }

  /** A table that is not there is a database that does not answer. */
  @Test
  void aDatabaseThatIsAwayIsSaid() throws Exception {
    ss.startApi();
    ss.startWorker();
    tab.open(page());
    awaitTitle("Healthy");
    sql("alter table workers rename to workers_elsewhere");
    awaitTitle("The database is away");
    sql("alter table workers_elsewhere rename to workers");
    awaitTitle("Healthy");
  }

  @Test
  void nobodyIsAskedWhileTheTabIsHidden() {
    ss.startApi();
    tab.open(page());
    awaitTitle("There is no worker");
    tab.evaluate("Object.defineProperty(document, 'hidden', {configurable: true, value: true})");
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    // That nothing happens can only be seen by looking for longer than it would take.
    tab.evaluate("new Promise((done) => setTimeout(done, 1000))");
    int before = tab.requestedUrls().size();
    tab.evaluate("new Promise((done) => setTimeout(done, 4000))");
    assertThat(tab.requestedUrls()).hasSize(before);

    tab.evaluate("Object.defineProperty(document, 'hidden', {configurable: true, value: false})");
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    Awaitility.await().until(() -> tab.requestedUrls().size() > before);
  }

  /** The jobs are of today, and the page's calendar is a day ahead. */
  @Test
  void yesterdaysFailedJobsOfATypeAreFoundAndRetriedByKeyboard() {
    ss.startApi();
    ss.startWorker();
    List<String> failed = List.of(client.submit("complain", "1"), client.submit("complain", "2"));
    client.submit("bytes", "x");
    failed.forEach(job -> client.awaitFinal(job));
    tab.open(page());
    awaitTitle("Every job of complain fails");
    tab.evaluate(script("tomorrow.js"));

    tab.pressTabTo("nav a[href=\"#/jobs\"]");
    tab.press("Enter");
    tab.await("document.activeElement.id === 'jobs-heading'");
    tab.pressTabTo("[name=state][value=failed]");
    tab.press(" ");
    tab.await("document.querySelector('[name=job_type]').options.length > 5");
    tab.pressTabTo("[name=job_type]");
    "complain".chars().forEach(key -> tab.press(Character.toString(key)));
    tab.pressTabTo("#last-yesterday");
    tab.press("Enter");
    tab.await("document.getElementById('jobs-status').textContent.startsWith('2 jobs with')");
    assertThat(tab.evaluate("location.hash").textValue())
        .contains("state=failed", "job_type=complain", "created_after=", "created_before=");
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
    failed.forEach(
        job -> Awaitility.await().until(() -> attempts(job).get("attempts").size() == 4));
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void whyNothingMovesIsFoundAndEndedByKeyboardAndABacklogHidesNoFailure() {
    ss.startApi();
    tab.open(page());
    awaitTitle("There is no worker");
    tab.pressTabTo("#findings a[target]");
    String runbook = tab.evaluate("document.activeElement.href").textValue();
    assertThat(
            tab.evaluate("fetch('%s').then(({ status }) => status)".formatted(runbook)).intValue())
        .isEqualTo(200);
    ss.startWorker();
    awaitTitle("Healthy");

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
  void aJobIsWatchedByKeyboardWhateverHappensToTheApi() {
    ManagedProcess api = ss.startApi();
    ss.startWorker();
    tab.open(page());
    awaitTitle("Healthy");
    String job = client.submit("reports", "");
    String link = "#jobs a[href=\"#/jobs/%s\"]".formatted(job);
    tab.await("document.querySelector('%s')".formatted(link));
    tab.pressTabTo(link);
    tab.press("Enter");

    tab.await("document.activeElement.id === 'job-heading'");
    tab.await("document.querySelector('progress').value > 0.1");
    tab.await("document.getElementById('log').textContent.includes('line 50\\n')");
    api.kill();
    awaitTitle("The API does not answer");
    ss.startApi();
    tab.await("document.getElementById('job-state').textContent === '✓ succeeded'");
    tab.await("document.getElementById('log').textContent.includes('line 300\\n')");

    assertThat(
            tab.evaluate("document.getElementById('log').textContent").textValue().lines().skip(1))
        .isEqualTo(
            IntStream.rangeClosed(1, 300).mapToObj("attempt 1, line %d"::formatted).toList());
    assertThat(tab.evaluate("document.title").textValue()).contains("✓ succeeded reports");
    assertThat(tab.requestedUrls())
        .allMatch(url -> url.startsWith(page()))
        .noneMatch(url -> url.contains("/input") || url.contains("/output"));
  }

  @Test
  void aJobsLogIsShownWhenAskedForAndEachAttemptHasItsOwn() {
    ss.startApi();
    ss.startWorker();
    String job = client.submit("complain", "<b>no markup</b>");
    client.awaitFinal(job);
    tab.open(page() + "#/jobs/" + job);
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
    ss.startApi();
    ss.startWorker();
    IntStream.range(0, 30).forEach(i -> client.submit("complain", "x"));
    String job = client.submit("complain", "x");
    client.awaitFinal(job);
    tab.open(page());
    awaitTitle("Every job fails");
    List<String> views = List.of("#/", "#/jobs?state=failed", "#/jobs/" + job);
    for (String view : views) {
      show(view);
      for (int width : new int[] {360, 390, 768, 1280}) {
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
    ss.startApi();
    tab.open(page());
    awaitTitle("There is no worker");
    return StreamSupport.stream(tab.evaluate(script("modules.js")).spliterator(), false)
        .map(
            result ->
                DynamicTest.dynamicTest(
                    result.get("name").textValue(),
                    () -> assertThat(result.get("failure").asText()).isEmpty()));
  }

  private String page() {
    return "http://127.0.0.1:" + ss.apiPort() + "/";
  }

  private void awaitTitle(String title) {
    tab.await("document.getElementById('headline-title')?.textContent === '%s'".formatted(title));
  }

  private static String jobIs(String job, String text) {
    return "document.querySelector('#jobs [data-key=\"%s\"]')?.textContent.includes('%s')"
        .formatted(job, text);
  }

  private JsonNode attempts(String job) {
    return client.get("/v1/jobs/%s/attempts".formatted(job)).json();
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
