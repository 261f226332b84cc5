package dev.ss.bench.jobs;

/**
 * What the process of a side answers when it has run jobs. Times are in microseconds.
 *
 * @param starts when the jobs began that were to begin, in order
 * @param begun how many began in all
 * @param ended when the end of all that began was committed
 */
@SuppressWarnings("ArrayRecordComponent") // read once, and never compared
record Drained(long[] starts, int begun, long ended) {

  /** Jobs per second, from the start after the first tenth until the end of all. */
  double rate() {
    return rateSince(tenth());
  }

  /** Of starts; only for who claims a job when it runs it, as the others' do not tell of ends. */
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
