package dev.ss.bench.micro;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * The result of one peer in one setting.
 *
 * @param scores the scores of all iterations of all forks, in ascending order
 * @param allocated bytes allocated for each operation, if measured
 * @param written bytes of one scrape, if there is one
 */
record Row(
    String setting,
    String peer,
    List<Double> scores,
    OptionalDouble allocated,
    OptionalDouble written) {

  /** Returns a row of the time of each operation. */
  static Row ofTime(String setting, String peer, RunResult result) {
    return new Row(
        setting,
        peer,
        scores(result, iteration -> iteration.getPrimaryResult().getScore()),
        allocated(result),
        OptionalDouble.empty());
  }

  /** Returns a row of a value that the benchmark counted itself. */
  static Row ofCounter(String setting, String peer, String counter, RunResult result) {
    return new Row(
        setting,
        peer,
        scores(result, iteration -> iteration.getSecondaryResults().get(counter).getScore()),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  Row withWritten(long bytes) {
    return new Row(setting, peer, scores, allocated, OptionalDouble.of((double) bytes));
  }

  Row withoutAllocated() {
    return new Row(setting, peer, scores, OptionalDouble.empty(), written);
  }

  double median() {
    return median(scores);
  }

  double smallest() {
    return scores.get(0);
  }

  double largest() {
    return scores.get(scores.size() - 1);
  }

  private static List<Double> scores(RunResult result, ToDoubleFunction<IterationResult> score) {
    return result.getBenchmarkResults().stream()
        .map(BenchmarkResult::getIterationResults)
        .flatMap(Collection::stream)
        .map(score::applyAsDouble)
        .sorted()
        .toList();
  }

  private static OptionalDouble allocated(RunResult result) {
    List<Double> bytes =
        result.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults)
            .flatMap(Collection::stream)
            .flatMap(Row::allocated)
            .sorted()
            .toList();
    return bytes.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(median(bytes));
  }

  private static Stream<Double> allocated(IterationResult iteration) {
    return iteration.getSecondaryResults().keySet().stream()
        .filter(metric -> metric.endsWith("gc.alloc.rate.norm"))
        .map(metric -> iteration.getSecondaryResults().get(metric).getScore());
  }

  private static double median(List<Double> sorted) {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
