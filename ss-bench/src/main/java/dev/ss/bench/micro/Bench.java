package dev.ss.bench.micro;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs a suite. Progress goes to stderr, Markdown to stdout. */
public final class Bench {
  private static final Map<String, Suite> SUITES =
      Map.of(
          "record", new RecordSuite(),
          "scrape", new ScrapeSuite(),
          "memory", new MemorySuite(),
          "profile", new ProfileSuite());

  private Bench() {}

  /**
   * Runs a suite.
   *
   * @param arguments the suite, and then JMH's options
   */
  public static void main(String[] arguments) throws Exception {
    Suite suite = arguments.length == 0 ? null : SUITES.get(arguments[0]);
    if (suite == null) {
      System.err.println(
          "bin/bench: unknown suite; choose one of: " + String.join(" ", SUITES.keySet()));
      System.exit(2);
      return;
    }
    Jmh jmh = new Jmh(new CommandLineOptions(Arrays.copyOfRange(arguments, 1, arguments.length)));
    PrintStream tables = System.out;
    // Everything else that is printed, for example by JMH's forks, does not belong to the tables.
    System.setOut(System.err);
    Heading.print(tables);
    suite.run(jmh, tables);
  }
}
