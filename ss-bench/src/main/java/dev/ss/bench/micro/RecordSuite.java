package dev.ss.bench.micro;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Measures recording a duration. */
final class RecordSuite implements Suite {
  private static final List<Integer> THREADS = List.of(1, 2, 4);
  private static final String NOTES =
      """
      - ns are for each thread: as long as each has a core and they do not meet, more threads \
      change nothing. With four threads on two cores each runs half of the time, and the ns are \
      twice as many for that alone.
      - "hot path": from method, route, status code and duration to counted: look-up of the series, \
      one more in a counter, the duration in a histogram. "in hand": the series is known, and only \
      the duration is recorded.
      - Ours counts classic and native buckets (8 to a power of two), sum, and Codahale's rates. The \
      Java client has the same buckets, where it has native ones. Micrometer has the classic ones. \
      OpenTelemetry has either, never both; its series in hand are bound instruments. Codahale has a sample of the values, of which it keeps ever fewer the more there are: at a \
      benchmark's rate hardly any.
      - OpenTelemetry's hot path makes one set of attributes, for counter and histogram.
      - Micrometer's hot path counts in its timer alone. Codahale's has a meter beside the timer, as \
      ours has.
      - The limit looks nothing up on the hot path; it is given indexes. It has no native buckets \
      and no rates.
      """;

  @Override
  public void run(Jmh jmh, PrintStream out) throws RunnerException {
    List<Row> rows = new ArrayList<>();
    for (Class<?> benchmark : List.of(RecordBenchmark.class, HotPathBenchmark.class)) {
      for (int threads : jmh.threads(THREADS)) {
        jmh.run(benchmark, options -> options.threads(threads).addProfiler(GCProfiler.class))
            .forEach(result -> rows.add(row(result)));
      }
    }
    out.println("## Recording\n");
    new Table("ns", rows).print(out);
    out.println(NOTES);
  }

  private static Row row(RunResult result) {
    String benchmark = result.getParams().getBenchmark();
    String labelSets = result.getParams().getParam("labelSets");
    int threads = result.getParams().getThreads();
    return Row.ofTime(
        "%s, %s"
            .formatted(
                labelSets == null ? "in hand" : "hot path, " + counted(labelSets, "label set"),
                counted(Integer.toString(threads), "thread")),
        benchmark.substring(benchmark.lastIndexOf('.') + 1),
        result);
  }

  private static String counted(String count, String what) {
    return count + " " + what + (count.equals("1") ? "" : "s");
  }
}
