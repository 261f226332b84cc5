package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code GET /} and the files it uses, as they come over HTTP; StatusPageIT has it in a browser.
 */
class StatusPageTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final Path RESOURCES = Path.of("src/main/resources/dev/ss/api/page");
  private static final Pattern OF_HTML = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");
  private static final Pattern OF_MODULE = Pattern.compile("(?:from |import\\()'([^']*)'");

  @ParameterizedTest
  @CsvSource({
    "/,              text/html;charset=utf-8",
    "/ui/style.css,  text/css;charset=utf-8",
    "/ui/uplot.css,  text/css;charset=utf-8",
    "/ui/main.js,    text/javascript;charset=utf-8",
    "/ui/uplot.js,   text/javascript;charset=utf-8",
    "/ui/icon.svg,   image/svg+xml",
  })
  void aFileComesWithItsTypeAndMayNeitherLoadNorBeFramedByAnythingElse(String path, String type) {
    Answer answer = API.http().get(path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains(type);
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "*", "http");
  }

  @Test
  void aBrowserIsShownThePage() {
    Answer answer = API.http().get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

    assertThat(answer.text()).startsWith("<!doctype html>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/ui/uplot.js"})
  void aFileIsSentAgainOnlyWhenItHasChanged(String path) {
    Answer first = API.http().get(path);
    String tag = first.header("ETag").orElseThrow();
    assertThat(first.header("Cache-Control")).contains("no-cache");

    Answer again = API.http().get(path, "If-None-Match", tag);
    Answer packed = API.http().get(path, "Accept-Encoding", "gzip");
    Answer packedAgain =
        API.http()
            .get(
                path,
                "Accept-Encoding",
                "gzip",
                "If-None-Match",
                packed.header("ETag").orElseThrow());
    Answer changed = API.http().get(path, "If-None-Match", "\"another\"");

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(packed.header("Content-Encoding")).contains("gzip");
    assertThat(packedAgain.status()).isEqualTo(304);
    assertThat(changed.body()).isEqualTo(first.body());
  }

  @Test
  void headHasTheHeadersAndNoBody() {
    Answer head = API.http().method("HEAD", "/");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("ETag")).isEqualTo(API.http().get("/").header("ETag"));
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ui/index.html",
        "/ui/StatusPage.class",
        "/ui/STYLE.CSS",
        "/ui/uPlot.iife.min.js",
        "/ui/..",
        "/ui/../ui/../config.yml",
        "/ui/%2e%2e/%2e%2e/ss-build.properties",
        "/ui/..%2f..%2fss-build.properties",
        "/ui/..%5cmain.js",
        "/ui//main.js",
        "/ui/main.js%00.css",
        "/META-INF/resources/webjars/uplot/package.json",
        "/runbooks/SsNothing.md",
        "/runbooks/../PageFile.class",
        "/runbooks/%2e%2e/index.html",
        "/runbooks/..%2findex.html",
        "/runbooks/README"
      })
  void nothingElseIsServed(String path) {
    Answer answer = API.raw().request("GET", path);

    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/problem+json");
  }

  @Test
  void thePageCanOnlyBeRead() {
    assertProblem(API.http().post("/"), 405, "method_not_allowed");
    assertProblem(API.http().post("/ui/main.js"), 405, "method_not_allowed");
  }

  /** Whatever the page loads is one of its files, and each of its files is loaded. */
  @Test
  void whatThePageRefersToIsServedAndNothingIsServedInVain() throws IOException {
    Set<String> served = new TreeSet<>();
    Deque<String> toRead =
        new ArrayDeque<>(references(OF_HTML, API.http().get("/").text(), "ui/").toList());
    while (!toRead.isEmpty()) {
      String name = toRead.pop();
      if (served.add(name)) {
        Answer answer = API.http().get("/ui/" + name);
        assertThat(answer.status()).as(name).isEqualTo(200);
        references(OF_MODULE, answer.text(), "./").forEach(toRead::push);
      }
    }

    assertThat(served).containsAll(shipped()).contains("uplot.js", "uplot.css");
  }

  private static Stream<String> references(Pattern pattern, String text, String prefix) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult result) -> result.group(1))
        .peek(reference -> assertThat(reference).startsWith(prefix))
        .map(reference -> reference.substring(prefix.length()));
  }

  private static List<String> shipped() throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("index.html"))
          .toList();
    }
  }

  /** A job type is data; as markup it would be somebody else's page. */
  @Test
  void noScriptMakesMarkupOfData() throws IOException {
    for (String name : shipped()) {
      assertThat(Files.readString(RESOURCES.resolve(name)))
          .as(name)
          .doesNotContain(
              "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
    }
    assertThat(API.http().get("/").text()).doesNotContain("style=\"", "onclick", "<script>");
  }
}
