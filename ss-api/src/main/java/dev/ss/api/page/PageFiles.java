package dev.ss.api.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** All files of the status page. The API serves only the files that are listed here. */
final class PageFiles {
  private static final String HTML = "text/html;charset=utf-8";
  private static final String CSS = "text/css;charset=utf-8";
  private static final String JAVASCRIPT = "text/javascript;charset=utf-8";
  private static final String SVG = "image/svg+xml";

  /** The JavaScript modules that make up the page. */
  private static final List<String> MODULES =
      List.of(
          "main.js",
          "router.js",
          "poll.js",
          "api.js",
          "headline.js",
          "report.js",
          "findings.js",
          "notice.js",
          "confirm.js",
          "overview.js",
          "exposition.js",
          "sample.js",
          "rates.js",
          "history.js",
          "numbers.js",
          "charts.js",
          "types.js",
          "workers.js",
          "jobs.js",
          "filter.js",
          "choices.js",
          "joblist.js",
          "states.js",
          "sweep.js",
          "job.js",
          "facts.js",
          "attempts.js",
          "log.js",
          "events.js",
          "table.js",
          "format.js");

  private final PageFile page = PageFile.ofResource(HTML, "index.html");
  private final Map<String, PageFile> others = new HashMap<>();

  PageFiles() {
    others.put("style.css", PageFile.ofResource(CSS, "style.css"));
    others.put("icon.svg", PageFile.ofResource(SVG, "icon.svg"));
    MODULES.forEach(name -> others.put(name, PageFile.ofResource(JAVASCRIPT, name)));
    String uPlot = "/META-INF/resources/webjars/uplot/" + uPlotVersion() + "/dist/";
    // Its module is twice as large as its script, which only lacks the end of a module.
    others.put(
        "uplot.js",
        PageFile.ofResource(JAVASCRIPT, uPlot + "uPlot.iife.min.js")
            .followedBy("\nexport default uPlot;\n"));
    others.put("uplot.css", PageFile.ofResource(CSS, uPlot + "uPlot.min.css"));
  }

  /** The page's HTML. */
  PageFile page() {
    return page;
  }

  /** A script, style sheet or image that the page loads; empty if there is none of this name. */
  Optional<PageFile> other(String name) {
    return Optional.ofNullable(others.get(name));
  }

  /**
   * Reads uPlot's version, which is part of the paths in its WebJar. Only the parent POM sets it.
   */
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
