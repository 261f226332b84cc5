package dev.ss.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs a suite and prints a Markdown table: medians over all iterations of all forks, their spread,
 * and how many times as much as ours each takes.
 */
public final class Bench {
  private static final String OURS = "ours";

  private Bench() {}

  /**
   * Runs {@code record} or {@code scrape}.
   *
   * @param arguments the suite, and then whatever JMH takes
   */
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    String suite = arguments.length == 0 ? "" : arguments[0];
    String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
    CommandLineOptions options = new CommandLineOptions(rest);
    switch (suite) {
      case "record" -> {
        List<RunResult> results = new ArrayList<>();
        for (int threads : new int[] {1, 2}) {
          results.addAll(
              new Runner(
                      new OptionsBuilder()
                          .parent(options)
                          .include(RecordBenchmark.class.getName())
                          .threads(threads)
                          .build())
                  .run());
        }
        print(results, "ns");
      }
      case "scrape" ->
          print(
              new Runner(
                      new OptionsBuilder()
                          .parent(options)
                          .include(ScrapeBenchmark.class.getName())
                          .addProfiler(GCProfiler.class)
                          .build())
                  .run(),
              "µs");
      default -> {
        System.err.println("bench/run record|scrape [JMH's options, such as -f 5]");
        System.exit(2);
      }
    }
  }

  private static void print(Collection<RunResult> results, String unit) {
    Map<String, Double> ours = new TreeMap<>();
    results.stream()
        .filter(result -> name(result).equals(OURS))
        .forEach(result -> ours.put(setting(result), median(scores(result))));
    System.out.printf(
        "%n| | | median %s | min – max | / ours | bytes allocated |%n|---|---|---|---|---|---|%n",
        unit);
    for (RunResult result : results) {
      double[] scores = scores(result);
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.1f | %.1f – %.1f | %.2f | %s |%n",
          name(result),
          setting(result),
          median(scores),
          scores[0],
          scores[scores.length - 1],
          median(scores) / ours.get(setting(result)),
          allocated(result));
    }
    System.out.printf(
        "%nJDK %s, %d processors, %s%n",
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.arch"));
  }

  private static String name(RunResult result) {
    String benchmark = result.getParams().getBenchmark();
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }

  private static String setting(RunResult result) {
    String histograms = result.getParams().getParam("histograms");
    return histograms == null
        ? result.getParams().getThreads() + " threads"
        : histograms + " histograms";
  }

  private static double[] scores(RunResult result) {
    return result.getBenchmarkResults().stream()
        .map(BenchmarkResult::getIterationResults)
        .flatMap(Collection::stream)
        .mapToDouble(Bench::score)
        .sorted()
        .toArray();
  }

  private static double score(IterationResult iteration) {
    return iteration.getPrimaryResult().getScore();
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String allocated(RunResult result) {
    for (String metric : result.getSecondaryResults().keySet()) {
      if (metric.endsWith("gc.alloc.rate.norm")) {
        return String.format(
            Locale.ROOT, "%.0f", result.getSecondaryResults().get(metric).getScore());
      }
    }
    return "";
  }
}
