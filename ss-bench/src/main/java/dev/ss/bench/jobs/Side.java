package dev.ss.bench.jobs;

import java.util.Map;

/**
 * A queue to compare with others: its tables, and the process that runs its jobs.
 *
 * @param title the name in the tables of results
 * @param prefetches whether it claims more jobs than it has slots, which other workers then cannot
 *     run
 */
record Side(String title, boolean prefetches, Filling filling, SideProcess process)
    implements AutoCloseable {

  /** Creates, fills and reads a queue's tables. */
  interface Filling {
    /** Creates the tables. */
    void prepare(Storage.Place place);

    /** Queues so many jobs with the same input. */
    void fill(Storage.Place place, int jobs);

    /**
     * Adds so many jobs that have succeeded.
     *
     * @return whether the queue keeps such jobs at all
     */
    boolean keep(Storage.Place place, int jobs);

    /** Returns how many jobs have not ended. */
    long left(Storage.Place place);
  }

  /**
   * Runs jobs until so many have begun or the time is over, and then waits for those that have
   * begun.
   *
   * @param all whether there are no other jobs
   */
  Drained drain(
      Storage.Place place, int slots, Handler handler, int jobs, boolean all, int seconds) {
    return process.order(
        "drain",
        place,
        Map.of(
            "slots",
            slots,
            "handler",
            handler.name(),
            "jobs",
            jobs,
            "all",
            all,
            "seconds",
            seconds),
        Drained.class);
  }

  @Override
  public void close() {
    process.close();
  }
}
