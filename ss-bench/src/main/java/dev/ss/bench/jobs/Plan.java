package dev.ss.bench.jobs;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one call of the script measures.
 *
 * @param suites the suites' names, in the order in which they run
 * @param quick whether to make few and small runs, only to see that everything works
 * @param storages the databases to measure on
 * @param directory the directory for files, on the disk that is measured
 * @param jars the directory of {@code ss-api/target} and {@code ss-worker/target}
 */
record Plan(List<String> suites, boolean quick, List<Storage> storages, Path directory, Path jars) {
  /** A worker runs for days, and the JIT compiler is busy for its first half minute. */
  private static final int WARM_UP_SECONDS = 30;

  /** Returns the number of runs; those of the two sides take turns. */
  int runs() {
    return quick ? 3 : 5;
  }

  /** Returns the full size, or a fifth of it if the run is quick. */
  int size(int full) {
    return quick ? full / 5 : full;
  }

  /** Repeats work until the JIT compilers have little left to do. */
  void warmUp(Runnable work) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(size(WARM_UP_SECONDS));
    while (System.nanoTime() - end < 0) {
      work.run();
    }
  }
}
