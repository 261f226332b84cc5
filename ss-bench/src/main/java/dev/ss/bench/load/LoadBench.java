package dev.ss.bench.load;

import dev.ss.bench.measure.Workspace;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.process.Shell;
import dev.ss.testkit.prometheus.Prometheus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Loads the API with metrics, without them and with Micrometer's; prints Markdown. */
public final class LoadBench {
  private static final String SCRAPED = "scraped";
  private static final String UNSCRAPED = "unscraped";

  private final Options options;
  private final Path directory;
  private final Wrk wrk;
  private final Ports ports = new Ports();
  private final Map<Variant, LoadedApi> apis = new EnumMap<>(Variant.class);

  private LoadBench(Options options, Path directory) {
    this.options = options;
    this.directory = directory;
    this.wrk = new Wrk(directory);
  }

  /**
   * Measures in the project's directory.
   *
   * @param arguments {@code --quick}, and {@code --rounds}, {@code --pairs}, {@code --seconds} and
   *     {@code --warmup} with a number each
   */
  public static void main(String[] arguments) {
    Options options = null;
    try {
      options = Options.of(List.of(arguments));
      require("wrk");
      require("prometheus");
    } catch (IllegalArgumentException e) {
      System.err.println("bin/bench load: " + e.getMessage());
      System.exit(2);
    }
    int status = 0;
    try {
      Path directory = Workspace.create("load");
      LoadHeading.print(options, directory);
      new LoadBench(options, directory).run();
    } catch (RuntimeException e) {
      e.printStackTrace();
      status = 1;
    }
    System.exit(status); // also runs the shutdown hooks
  }

  private static void require(String program) {
    if (!Shell.isInstalled(program)) {
      throw new IllegalArgumentException(
          "%1$s is not installed; Debian: apt-get install %1$s".formatted(program));
    }
  }

  private void run() {
    compareVariants();
    System.err.println("with and without Prometheus");
    stop(Variant.OFF);
    stop(Variant.MICROMETER);
    compareScrapes();
    stop(Variant.ON);
  }

  private void compareVariants() {
    Comparison variants = new Comparison();
    for (int round = 0; round < options.rounds(); round++) {
      System.err.printf("round %d of %d%n", round + 1, options.rounds());
      startAll();
      warmUp();
      measureVariants(round, variants);
    }
    System.out.printf("%n## With metrics, without, and with Micrometer's%n%n");
    variants.printFigures(Arrays.stream(Variant.values()).map(Variant::title).toList());
    variants.printRatios(
        Variant.ON.title(), List.of(Variant.OFF.title(), Variant.MICROMETER.title()));
  }

  /** Starts each API, after the one of the round before has ended. */
  private void startAll() {
    for (Variant variant : Variant.values()) {
      stop(variant);
      apis.put(variant, new LoadedApi(variant, newDirectory(variant.title()), ports));
    }
  }

  private Path newDirectory(String name) {
    try {
      return Files.createTempDirectory(directory, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void stop(Variant variant) {
    if (apis.containsKey(variant)) {
      apis.remove(variant).close();
    }
  }

  /**
   * Loads each API before it is measured. The first load, which compiles what all loads use, is
   * sent twice: the CPU time per request falls during the first quarter of a million requests, and
   * after half of that a variant with more code looks worse than it is.
   */
  private void warmUp() {
    apis.values().forEach(api -> load(api, Load.JOB_TYPES, options.warmUp()));
    for (Load load : Load.values()) {
      apis.values().forEach(api -> load(api, load, options.warmUp()));
    }
  }

  /** Begins each pair with another variant, so that none always comes after the same. */
  private void measureVariants(int round, Comparison into) {
    Variant[] variants = Variant.values();
    for (Load load : Load.values()) {
      for (int pair = 0; pair < options.pairs(); pair++) {
        for (int i = 0; i < variants.length; i++) {
          Variant variant = variants[(round * options.pairs() + pair + i) % variants.length];
          into.add(load, variant.title(), load(apis.get(variant), load, options.seconds()));
        }
      }
    }
  }

  private LoadFigures load(LoadedApi api, Load load, int seconds) {
    return api.load(load, seconds, wrk);
  }

  private void compareScrapes() {
    Comparison scrapes = new Comparison();
    for (Load load : List.of(Load.STATUS, Load.SUBMIT)) {
      for (int pair = 0; pair < options.allPairs(); pair++) {
        boolean scrapedFirst = pair % 2 == 0;
        measureScrapes(load, scrapedFirst, scrapes);
        measureScrapes(load, !scrapedFirst, scrapes);
      }
    }
    System.out.printf(
        "%n## With a scrape each second, and with none%n%nPrometheus runs on the same cores.%n%n");
    scrapes.printFigures(List.of(SCRAPED, UNSCRAPED));
    scrapes.printRatios(SCRAPED, List.of(UNSCRAPED));
    System.out.flush();
  }

  private void measureScrapes(Load load, boolean scraped, Comparison into) {
    LoadedApi api = apis.get(Variant.ON);
    if (!scraped) {
      into.add(load, UNSCRAPED, load(api, load, options.seconds()));
      return;
    }
    try (Prometheus prometheus =
        Prometheus.scraping(newDirectory("prometheus"), Map.of("ss-api", api.port()))) {
      prometheus.awaitValue("sum_over_time(up[10s]) >= bool 1", 1);
      into.add(load, SCRAPED, load(api, load, options.seconds()));
      double seen =
          prometheus.value("sum_over_time(up[%ds])".formatted(options.seconds())).orElse(0);
      if (seen < options.seconds() - 1) {
        throw new IllegalStateException(
            "only %.0f scrapes in %d seconds".formatted(seen, options.seconds()));
      }
    }
  }
}
