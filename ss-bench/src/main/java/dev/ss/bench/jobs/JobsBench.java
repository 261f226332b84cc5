package dev.ss.bench.jobs;

import ch.qos.logback.classic.Level;
import io.dropwizard.logging.common.BootstrapLogging;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs suites and prints a Markdown table for each. */
public final class JobsBench {
  private static final List<String> SUITES =
      List.of("throughput", "latency", "submit", "growth", "memory", "workers");

  private JobsBench() {}

  /**
   * Runs the suites.
   *
   * @param arguments the directory for files, the root of the build, the URL and the user of a
   *     PostgreSQL server; then suites (none: all) and {@code --quick}, {@code --sqlite}, {@code
   *     --postgresql}
   */
  public static void main(String[] arguments) {
    BootstrapLogging.bootstrap(Level.ERROR);
    Plan plan = plan(arguments);
    for (String suite : plan.suites()) {
      switch (suite) {
        case "throughput" -> new Throughput(plan).run();
        case "latency" -> new Latency(plan).run();
        case "submit" -> new SubmitRate(plan).run();
        case "growth" -> new Growth(plan).run();
        case "memory" -> new Memory(plan).run();
        case "workers" -> new ManyWorkers(plan).run();
        default -> throw new IllegalArgumentException("no suite: " + suite);
      }
    }
    System.exit(0);
  }

  private static Plan plan(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    List<Storage> storages = new ArrayList<>();
    List<String> rest = List.of(arguments).subList(4, arguments.length);
    if (!rest.contains("--postgresql")) {
      storages.add(new Storage.Sqlite(directory));
    }
    if (!rest.contains("--sqlite")) {
      storages.add(new Storage.Postgres(arguments[2], arguments[3]));
    }
    List<String> suites = rest.stream().filter(each -> !each.startsWith("--")).toList();
    return new Plan(
        suites.isEmpty() ? SUITES : suites,
        rest.contains("--quick"),
        List.copyOf(storages),
        directory,
        Path.of(arguments[1]));
  }
}
