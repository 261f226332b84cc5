package dev.ss.bench.micro;

import dev.ss.bench.micro.RetentionBenchmark.Use;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Measures the memory of a histogram, and the time to add and to remove one. */
final class MemorySuite implements Suite {
  private static final String NOTES =
      """
      - Bytes: growth of the heap after full collections, over 5,000 series of one family with one \
      label, registry included; compressed pointers, serial collector. Two threads record at the \
      same time into the same histogram, then into the next.
      - A new series: 10,000 into an empty family. The limit is a map and an array.
      - A timer is removed by its name from a registry of 20,000 that has never been scraped, and \
      5,000 are. Codahale's registry keeps a map; ours also forgets what the scrape would write.
      - Codahale has no buckets: it keeps up to 1,028 values, and has no label.
      """;

  @Override
  public void run(Jmh jmh, PrintStream out) throws RunnerException {
    List<Row> retained =
        jmh.run(RetentionBenchmark.class, options -> options).stream()
            .sorted(Comparator.comparing(MemorySuite::use))
            .map(
                result ->
                    Row.ofCounter(
                        describe(use(result)), peer(result), RetentionBenchmark.BYTES, result))
            .toList();
    List<Row> changed = new ArrayList<>();
    jmh.run(RegistrationBenchmark.class, options -> options)
        .forEach(result -> changed.add(Row.ofTime("a new series", peer(result), result)));
    jmh.run(RemovalBenchmark.class, options -> options)
        .forEach(result -> changed.add(Row.ofTime("a timer removed", peer(result), result)));
    out.println("## Memory\n");
    new Table("bytes for each histogram", retained).print(out);
    new Table("ns for each", changed).print(out);
    out.println(NOTES);
  }

  private static String peer(RunResult result) {
    return result.getParams().getParam("peer");
  }

  private static Use use(RunResult result) {
    return Use.valueOf(result.getParams().getParam("use"));
  }

  private static String describe(Use use) {
    return switch (use) {
      case IDLE -> "never recorded into";
      case ONE_THREAD -> "1,000 values by one thread";
      case TWO_THREADS -> "1,000 values by two threads";
    };
  }
}
