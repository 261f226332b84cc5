package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

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
    tab.await("document.querySelector('#workers .runs').textContent.includes('gate')");
    assertThat(tab.text("#workers")).contains("worker-1", "✓ live", "1 / 4", job.substring(24));
    tab.await("document.querySelector('[data-number=running]').textContent === '1'");
    tab.await(jobIs(failing, "failed") + " && " + jobIs(failing, "command_failed (3)"));

    Files.createFile(gate);

    tab.await(jobIs(job, "✓ succeeded"));
    tab.await("document.querySelector('#workers .runs').textContent === 'nothing'");
    tab.await("document.querySelector('[data-number=p95]').textContent.endsWith('ms')");
    tab.await("document.querySelector('[data-number=created]').textContent.endsWith('/s')");
    assertThat(tab.evaluate("document.querySelectorAll('#charts canvas').length").intValue())
        .isEqualTo(4);
    assertThat(tab.text("body")).doesNotContain("canary", "went wrong", "passed in attempt");
    assertThat(tab.complaints()).isEmpty();
    assertThat(tab.requestedUrls())
        .hasSizeGreaterThan(20)
        .allMatch(url -> url.startsWith(page()))
        .noneMatch(url -> url.endsWith("/output") || url.endsWith("/log"));
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

  @Test
  void thePageFitsEveryScreenInTheLightAndInTheDark() {
    ss.startApi();
    ss.startWorker();
    IntStream.range(0, 30).forEach(i -> client.submit("complain", "x"));
    tab.open(page());
    awaitTitle("Every job fails");
    for (int width : new int[] {360, 390, 768, 1280}) {
      tab.resize(width, 800, width < 400);
      for (String scheme : List.of("light", "dark")) {
        tab.preferColours(scheme);
        tab.await("document.documentElement.scrollWidth <= " + width);
        assertThat(tab.evaluate(script("contrast.js")).doubleValue())
            .as("contrast, %s, %d wide", scheme, width)
            .isGreaterThanOrEqualTo(4.5);
      }
    }
    assertThat(tab.complaints()).isEmpty();
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
    return "[...document.querySelectorAll('#jobs tbody tr')].some((row) =>"
        + " row.textContent.includes('%s') && row.textContent.includes('%s'))".formatted(job, text);
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
