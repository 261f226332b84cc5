package dev.ss.bench.micro;

import java.io.IOException;
import java.io.PrintStream;
import org.openjdk.jmh.runner.RunnerException;

/** Benchmarks that belong into one table. */
interface Suite {

  /**
   * Runs the benchmarks and prints the table.
   *
   * @throws RunnerException if a benchmark fails; then there is no table
   */
  void run(Jmh jmh, PrintStream out) throws RunnerException, IOException;
}
