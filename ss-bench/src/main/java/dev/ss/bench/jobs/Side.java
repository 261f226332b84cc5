package dev.ss.bench.jobs;

import java.util.Map;

/**
 * A queue that is compared with others: its tables, and the process that runs its jobs.
 *
 * @param title as the tables of results call it
 * @param prefetches whether it claims more jobs than it has slots, which then wait for it alone
 */
record Side(String title, boolean prefetches, Filling filling, SideProcess process)
    implements AutoCloseable {

  /** How a queue's tables are made, filled and looked into. */
  interface Filling {
    /** Makes the tables. */
    void prepare(Storage.Place place);

    /** Queues so many jobs, which have the same input. */
    void fill(Storage.Place place, int jobs);

    /**
     * Adds so many jobs that have ended well.
     *
     * @return whether it keeps such jobs at all
     */
    boolean keep(Storage.Place place, int jobs);

    /** How many jobs have not ended. */
    long left(Storage.Place place);
  }

  /**
   * Runs jobs until so many have begun or the time is over, and then ends those that have.
   *
   * @param all whether there are no others
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
