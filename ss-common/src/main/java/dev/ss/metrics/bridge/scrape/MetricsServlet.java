package dev.ss.metrics.bridge.scrape;

import dev.ss.metrics.bridge.exposition.Page;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code GET} and {@code HEAD} of {@code /metrics}, in the format the client prefers, compressed if
 * it likes, whole or only the families named by {@code name[]}. More scrapes at once than the limit
 * are answered 503 at once.
 */
public final class MetricsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String NAME_PARAMETER = "name[]=";
  private static final String PEEK_PARAMETER = "peek";
  private static final Pattern SAMPLE_SUFFIX =
      Pattern.compile("_(total|bucket|count|sum|created|info)$");

  private final transient Function<Predicate<String>, Scrape> metrics;
  private final transient Runnable scraped;
  private final transient Semaphore places;
  private final transient Bodies bodies = new Bodies();

  /**
   * Serves these metrics.
   *
   * @param metrics gives a scrape of the families whose names it is asked for
   * @param concurrentScrapes how many may be served at once
   * @param scraped is told of each scrape that has been answered, but not of those that say {@code
   *     ?peek}: a person's look, or a page's, is not the scraper that a stopping process waits for
   */
  public MetricsServlet(
      Function<Predicate<String>, Scrape> metrics, int concurrentScrapes, Runnable scraped) {
    this.metrics = metrics;
    this.places = new Semaphore(concurrentScrapes);
    this.scraped = scraped;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.setHeader("Allow", "GET, HEAD");
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    } else if (isBroken(query(request))) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    } else if (!places.tryAcquire()) {
      response.setHeader("Retry-After", "1");
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } else {
      Body body = bodies.take();
      try {
        scrape(request, response, body);
      } finally {
        bodies.putBack(body);
        places.release();
      }
    }
  }

  private static boolean isBroken(String query) {
    try {
      decoded(query);
      return false;
    } catch (IllegalArgumentException notPercentEncoded) {
      return true;
    }
  }

  private void scrape(HttpServletRequest request, HttpServletResponse response, Body body)
      throws IOException {
    Format format = Format.preferredBy(header(request, "Accept"));
    boolean compress = acceptsGzip(request);
    Page page = body.write(format, metrics.apply(wanted(request)), compress);
    response.setContentType(format.contentType());
    response.setHeader("Vary", "Accept, Accept-Encoding");
    if (compress) {
      response.setHeader("Content-Encoding", "gzip");
    }
    response.setContentLength(page.size());
    if (request.getMethod().equals("GET")) {
      page.sendTo(response.getOutputStream());
      if (!parameters(request).contains(PEEK_PARAMETER)) {
        scraped.run();
      }
    }
  }

  private static Predicate<String> wanted(HttpServletRequest request) {
    Set<String> families =
        parameters(request).stream()
            .filter(parameter -> parameter.startsWith(NAME_PARAMETER))
            .map(parameter -> family(parameter.substring(NAME_PARAMETER.length())))
            .collect(Collectors.toSet());
    return families.isEmpty() ? name -> true : name -> families.contains(family(name));
  }

  private static List<String> parameters(HttpServletRequest request) {
    return Arrays.stream(query(request).split("&", -1)).map(MetricsServlet::decoded).toList();
  }

  /** Not the servlet's parameters: for those, bytes that are no UTF-8 are an error. */
  private static String query(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getQueryString(), "");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String family(String sampleName) {
    return SAMPLE_SUFFIX.matcher(sampleName).replaceFirst("");
  }

  private static boolean acceptsGzip(HttpServletRequest request) {
    List<String> codings =
        Arrays.stream(header(request, "Accept-Encoding").orElse("").split(",", -1))
            .map(coding -> coding.strip().toLowerCase(Locale.ROOT).replace(" ", ""))
            .toList();
    return codings.stream()
        .anyMatch(
            coding ->
                coding.equals("gzip")
                    || (coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?")));
  }

  /** All values of a header that may come more than once. */
  private static Optional<String> header(HttpServletRequest request, String name) {
    return Collections.list(request.getHeaders(name)).stream()
        .reduce((one, other) -> one + "," + other);
  }
}
