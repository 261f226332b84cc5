package dev.ss.bench.jobs;

import ch.qos.logback.classic.Level;
import io.dropwizard.logging.common.BootstrapLogging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs suites and prints a Markdown table for each. */
public final class JobsBench {
  private static final List<String> SUITES =
      List.of("throughput", "latency", "submit", "growth", "memory", "workers", "peers", "burdens");

  private JobsBench() {}

  /**
   * Runs the suites in the project's directory.
   *
   * @param arguments the suites (none: all) and {@code --quick}, {@code --sqlite}, {@code
   *     --postgresql}
   */
  public static void main(String[] arguments) {
    BootstrapLogging.bootstrap(Level.ERROR);
    int status = 0;
    try {
      run(List.of(arguments));
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      status = 1;
    }
    System.exit(status); // also runs the shutdown hooks
  }

  private static void run(List<String> arguments) throws IOException {
    Path directory = directory();
    Optional<PostgresServer> server =
        arguments.contains("--sqlite") ? Optional.empty() : Optional.of(PostgresServer.start());
    Circumstances.print(arguments, directory, server);
    Plan plan = plan(arguments, directory, server);
    for (String suite : plan.suites()) {
      switch (suite) {
        case "throughput" -> new Throughput(plan).run();
        case "latency" -> new Latency(plan).run();
        case "submit" -> new SubmitRate(plan).run();
        case "growth" -> new Growth(plan).run();
        case "memory" -> new Memory(plan).run();
        case "workers" -> new ManyWorkers(plan).run();
        case "peers" -> new Peers(plan).run();
        case "burdens" -> new Peers(plan).runBurdened();
        default -> throw new IllegalArgumentException("no suite: " + suite);
      }
    }
  }

  private static Path directory() throws IOException {
    String chosen = System.getenv("BENCH_DIRECTORY");
    Path parent = Path.of(chosen == null ? "target/bench" : chosen).toAbsolutePath();
    Path directory = Files.createTempDirectory(Files.createDirectories(parent), "jobs");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Trees.delete(directory)));
    Disk.demand(directory);
    return directory;
  }

  private static Plan plan(
      List<String> arguments, Path directory, Optional<PostgresServer> server) {
    List<Storage> storages = new ArrayList<>();
    if (!arguments.contains("--postgresql")) {
      storages.add(new Storage.Sqlite(directory));
    }
    server.ifPresent(each -> storages.add(new Storage.Postgres(each.url(), PostgresServer.USER)));
    List<String> suites = arguments.stream().filter(each -> !each.startsWith("--")).toList();
    return new Plan(
        suites.isEmpty() ? SUITES : suites,
        arguments.contains("--quick"),
        List.copyOf(storages),
        directory,
        Path.of(""));
  }
}
