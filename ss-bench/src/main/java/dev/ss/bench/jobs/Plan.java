package dev.ss.bench.jobs;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one call of the script measures.
 *
 * @param suites their names, in the order in which they run
 * @param quick few and small runs, to see that all works; no figures to publish
 * @param storages the databases to measure on
 * @param directory for files, on the disk that is measured
 * @param jars the directory with {@code ss-api/target} and {@code ss-worker/target} in it
 */
record Plan(List<String> suites, boolean quick, List<Storage> storages, Path directory, Path jars) {
  /** A worker runs for days; the JIT compiler is busy for its first half minute. */
  private static final int WARM_UP_SECONDS = 30;

  /** Runs of each kind; those of the two sides take turns. */
  int runs() {
    return quick ? 3 : 5;
  }

  /** So many, or a part of them when it has to be quick. */
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
