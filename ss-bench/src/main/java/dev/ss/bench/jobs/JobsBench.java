package dev.ss.bench.jobs;

import ch.qos.logback.classic.Level;
import dev.ss.bench.measure.Workspace;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.Ports;
import io.dropwizard.logging.common.BootstrapLogging;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs suites and prints a Markdown table for each. */
public final class JobsBench {
  private static final List<String> SUITES =
      List.of(
          "throughput",
          "latency",
          "submit",
          "growth",
          "memory",
          "streams",
          "workers",
          "peers",
          "burdens");

  private static final Set<String> OPTIONS = Set.of("--quick", "--sqlite", "--postgresql");

  private JobsBench() {}

  /**
   * Runs the suites in the project's directory.
   *
   * @param arguments the suites (none: all) and {@code --quick}, {@code --sqlite}, {@code
   *     --postgresql}
   */
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    for (String word : words) {
      if (!SUITES.contains(word) && !OPTIONS.contains(word)) {
        System.err.printf("bin/bench jobs: unknown argument %s; bin/bench lists them%n", word);
        System.exit(2);
      }
    }
    BootstrapLogging.bootstrap(Level.ERROR);
    int status = 0;
    try {
      run(words);
    } catch (RuntimeException e) {
      e.printStackTrace();
      status = 1;
    }
    System.exit(status); // also runs the shutdown hooks
  }

  private static void run(List<String> arguments) {
    Path directory = Workspace.create("jobs");
    if (arguments.contains("--sqlite")) {
      run(plan(arguments, directory, Optional.empty()), Optional.empty());
      return;
    }
    try (PostgresServer server = PostgresServer.startIn(directory, new Ports().free())) {
      run(plan(arguments, directory, Optional.of(server)), Optional.of(server));
    }
  }

  private static void run(Plan plan, Optional<PostgresServer> server) {
    Circumstances.print(plan.directory(), server);
    for (String suite : plan.suites()) {
      switch (suite) {
        case "throughput" -> new Throughput(plan).run();
        case "latency" -> new Latency(plan).run();
        case "submit" -> new SubmitRate(plan).run();
        case "growth" -> new Growth(plan).run();
        case "memory" -> new Memory(plan).run();
        case "streams" -> new Streams(plan).run();
        case "workers" -> new ManyWorkers(plan).run();
        case "peers" -> new Peers(plan).run();
        case "burdens" -> new Peers(plan).runBurdened();
        default -> throw new IllegalArgumentException("no suite: " + suite);
      }
    }
  }

  private static Plan plan(
      List<String> arguments, Path directory, Optional<PostgresServer> server) {
    List<Storage> storages = new ArrayList<>();
    if (!arguments.contains("--postgresql")) {
      storages.add(new Storage.Sqlite(directory));
    }
    server.map(Storage.Postgres::of).ifPresent(storages::add);
    List<String> suites = arguments.stream().filter(each -> !each.startsWith("--")).toList();
    return new Plan(
        suites.isEmpty() ? SUITES : suites,
        arguments.contains("--quick"),
        List.copyOf(storages),
        directory,
        Path.of(""));
  }
}
