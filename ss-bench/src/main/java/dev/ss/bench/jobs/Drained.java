package dev.ss.bench.jobs;

/**
 * The answer of a side's process after it has run jobs. Times are in microseconds.
 *
 * @param starts when the expected jobs began, in ascending order
 * @param begun how many jobs began in all
 * @param ended when the ends of all begun jobs were committed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Drained(long[] starts, int begun, long ended) {

  /** Returns jobs per second, from the start after the first tenth until the end of all. */
  double rate() {
    return rateSince(tenth());
  }

  /**
   * The rate of starts. It is meaningful only for a side that claims a job when it runs it, because
   * a prefetching side's starts say nothing about ends.
   */
  double rateOfFirstTenth() {
    return tenth() * 1e6 / (starts[tenth()] - starts[0]);
  }

  double rateOfLastTenth() {
    return rateSince(starts.length - 1 - tenth());
  }

  private int tenth() {
    return starts.length / 10;
  }

  private double rateSince(int start) {
    return (begun - start) * 1e6 / (ended - starts[start]);
  }
}
