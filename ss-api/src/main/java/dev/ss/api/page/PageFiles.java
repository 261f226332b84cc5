package dev.ss.api.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** All files of the page. What is not named here is not served, wherever it lies. */
final class PageFiles {
  private static final String HTML = "text/html;charset=utf-8";
  private static final String CSS = "text/css;charset=utf-8";
  private static final String JAVASCRIPT = "text/javascript;charset=utf-8";
  private static final String SVG = "image/svg+xml";

  /** In the order in which they use one another. */
  private static final List<String> MODULES =
      List.of(
          "main.js",
          "poll.js",
          "api.js",
          "exposition.js",
          "sample.js",
          "history.js",
          "rates.js",
          "verdict.js",
          "headline.js",
          "numbers.js",
          "charts.js",
          "tables.js",
          "table.js",
          "format.js");

  private final PageFile page = PageFile.ofResource(HTML, "index.html");
  private final Map<String, PageFile> others = new HashMap<>();

  PageFiles() {
    others.put("style.css", PageFile.ofResource(CSS, "style.css"));
    others.put("icon.svg", PageFile.ofResource(SVG, "icon.svg"));
    MODULES.forEach(name -> others.put(name, PageFile.ofResource(JAVASCRIPT, name)));
    String uPlot = "/META-INF/resources/webjars/uplot/" + uPlotVersion() + "/dist/";
    others.put("uplot.js", PageFile.ofResource(JAVASCRIPT, uPlot + "uPlot.esm.js"));
    others.put("uplot.css", PageFile.ofResource(CSS, uPlot + "uPlot.min.css"));
  }

  /** The page itself. */
  PageFile page() {
    return page;
  }

  /** A file that the page uses. */
  Optional<PageFile> other(String name) {
    return Optional.ofNullable(others.get(name));
  }

  /** It is in the path of a WebJar's files, and pinned in the parent pom alone. */
  private static String uPlotVersion() {
    Properties properties = new Properties();
    try (InputStream file =
        PageFiles.class.getResourceAsStream(
            "/META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
