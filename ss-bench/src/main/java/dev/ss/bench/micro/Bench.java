package dev.ss.bench.micro;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs suites; progress goes to stderr, Markdown to stdout. */
public final class Bench {
  private static final Map<String, List<Suite>> SUITES =
      Map.of(
          "record", List.of(new RecordSuite()),
          "scrape", List.of(new ScrapeSuite()),
          "memory", List.of(new MemorySuite()),
          "profile", List.of(new ProfileSuite()),
          "all", List.of(new RecordSuite(), new ScrapeSuite(), new MemorySuite()));

  private Bench() {}

  /**
   * Runs one suite, or all.
   *
   * @param arguments the suite, and then whatever JMH takes
   */
  public static void main(String[] arguments) throws Exception {
    List<Suite> suites = arguments.length == 0 ? null : SUITES.get(arguments[0]);
    if (suites == null) {
      System.err.println("which of these? " + String.join(" ", SUITES.keySet()));
      System.exit(2);
      return;
    }
    Jmh jmh = new Jmh(new CommandLineOptions(Arrays.copyOfRange(arguments, 1, arguments.length)));
    PrintStream tables = System.out;
    // Whatever else is printed, by JMH's forks for instance, is no part of a table.
    System.setOut(System.err);
    Heading.print(tables);
    for (Suite suite : suites) {
      suite.run(jmh, tables);
    }
  }
}
