package dev.ss.bench.jobs;

/** What runs jobs: SS, or its peer. */
interface SideOfComparison extends AutoCloseable {
  /** Begins to take jobs. */
  void start();

  /** Waits until the end of everything that was begun is committed. */
  void awaitIdle();

  @Override
  void close();
}
