package dev.ss.bench.micro;

import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks with the options of the command line, and prints progress to stderr. */
final class Jmh {
  private static final TimeValue ITERATION_LIMIT = TimeValue.minutes(1);

  private final CommandLineOptions given;

  Jmh(CommandLineOptions given) {
    this.given = given;
  }

  /** Returns the number of threads from the command line, or else the usual numbers. */
  List<Integer> threads(List<Integer> usual) {
    return given.getThreads().hasValue() ? List.of(given.getThreads().get()) : usual;
  }

  /** Returns whether the command line sets this parameter. */
  boolean sets(String parameter) {
    return given.getParameter(parameter).hasValue();
  }

  /**
   * Runs the benchmarks of a class, or only those of them that the command line names.
   *
   * @throws RunnerException if one fails, or none is left
   */
  Collection<RunResult> run(Class<?> benchmarks, UnaryOperator<ChainedOptionsBuilder> more)
      throws RunnerException {
    // The command line's names apply to all classes and cannot be removed again, so exclude the
    // rest.
    return run(
        options -> more.apply(options).exclude("^(?!%s\\.)".formatted(benchmarks.getName())));
  }

  /**
   * Runs the benchmarks that the command line names.
   *
   * @throws RunnerException if one fails, or none is named
   */
  Collection<RunResult> runNamed(UnaryOperator<ChainedOptionsBuilder> more) throws RunnerException {
    if (given.getIncludes().isEmpty()) {
      throw new RunnerException("name a benchmark, such as HotPathBenchmark.ours");
    }
    return run(more);
  }

  private Collection<RunResult> run(UnaryOperator<ChainedOptionsBuilder> more)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder().parent(given).shouldFailOnError(true).timeout(ITERATION_LIMIT);
    return new Runner(
            more.apply(options).build(),
            OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
        .run();
  }
}
