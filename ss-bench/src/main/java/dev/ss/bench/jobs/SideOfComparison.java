package dev.ss.bench.jobs;

/** A worker to measure: SS or a peer. */
interface SideOfComparison extends AutoCloseable {
  /** Starts to take jobs. */
  void start();

  /** Waits until the ends of all begun jobs are committed. */
  void awaitIdle();

  @Override
  void close();
}
