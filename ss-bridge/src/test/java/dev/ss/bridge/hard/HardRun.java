package dev.ss.bridge.hard;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** One run of the application, in which both bridges are scraped for each case. */
final class HardRun {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long to wait for an answer that cannot come before the application stops. */
  private static final Duration PATIENCE_WITH_HANGING = Duration.ofSeconds(3);

  private static final String CONFIGURATION =
      """
      server:
        applicationConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]
        adminConnectors: []
        requestLog: {appenders: []}
      logging: {level: 'OFF'} # what fails says so
      """;

  private final List<HardCase> cases;
  private final HardApplication hard;
  private final DropwizardTestSupport<Configuration> support;
  private final HttpClient client = HttpClient.newHttpClient();

  private HardRun(List<HardCase> cases) {
    this.cases = cases;
    this.hard = new HardApplication(cases);
    this.support =
        new DropwizardTestSupport<>(
            HardApplication.class,
            "config.yml",
            path -> new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8))) {
          @Override
          public Application<Configuration> newApplication() {
            return hard;
          }
        };
  }

  /**
   * The answers of a run.
   *
   * @param ours what this library shows of all cases together
   * @param stock what the stock bridge shows of each case alone
   * @param stockTogether what it shows of all of them
   */
  record Seen(List<HardCase> cases, Answer ours, List<Answer> stock, Answer stockTogether) {}

  /**
   * Runs the application with this default locale.
   *
   * @param end is counted down when the application may stop
   */
  static Seen in(Locale locale, List<HardCase> cases, CountDownLatch end) throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(locale);
    try {
      return new HardRun(cases).see(end);
    } finally {
      Locale.setDefault(before);
    }
  }

  private Seen see(CountDownLatch end) throws Exception {
    support.before();
    try {
      get("/orders", PATIENCE);
      Answer ours = scrape("/metrics", cases, hard.ours());
      List<Answer> stock = scrapeStock();
      return new Seen(cases, ours, stock.subList(0, cases.size()), stock.get(cases.size()));
    } finally {
      end.countDown();
      support.after();
    }
  }

  /** Scrapes all cases in parallel, because some do not answer. */
  private List<Answer> scrapeStock() {
    ExecutorService scrapers = Executors.newCachedThreadPool();
    try {
      List<CompletableFuture<Answer>> answers =
          IntStream.rangeClosed(0, cases.size())
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> scrapeStock(i), scrapers))
              .toList();
      return answers.stream().map(CompletableFuture::join).toList();
    } finally {
      scrapers.shutdown();
    }
  }

  private Answer scrapeStock(int number) {
    List<HardCase> content = number < cases.size() ? List.of(cases.get(number)) : cases;
    return scrape(HardApplication.stockPath(number), content, hard.stock().get(number));
  }

  private Answer scrape(String path, List<HardCase> content, Side side) {
    try {
      HttpResponse<String> first = get(path, patience(content, side));
      content.forEach(each -> each.later().accept(side));
      HttpResponse<String> second = first.statusCode() == 200 ? get(path, PATIENCE) : first;
      return second.statusCode() == 200
          ? new Answer.Scraped(
              Answer.Page.of(first.body()),
              Answer.Page.of(second.body()),
              get(path, PATIENCE, "Accept", "application/openmetrics-text; version=1.0.0").body())
          : new Answer.Refused(second.statusCode(), second.body());
    } catch (HttpTimeoutException e) {
      return new Answer.Silence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Duration patience(List<HardCase> content, Side side) {
    boolean hangs = side instanceof Side.Stock && content.stream().anyMatch(HardCase::hangs);
    return hangs ? PATIENCE_WITH_HANGING : PATIENCE;
  }

  private HttpResponse<String> get(String path, Duration patience, String... headers)
      throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + support.getLocalPort() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(patience);
    try {
      return client.send(
          (headers.length == 0 ? request : request.headers(headers)).build(),
          BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
