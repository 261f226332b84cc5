package dev.ss.drill.fault;

/**
 * The workers of a drill.
 *
 * @param slots of each
 * @param heartbeatSeconds a quarter of the lease
 */
record WorkerSettings(int slots, double heartbeatSeconds) {
  /** A lease of 4 s, so that its end need not be waited for long. */
  static final WorkerSettings SHORT = new WorkerSettings(4, 1);

  /** As shipped: where no worker is lost, a machine that is slow today must not lose one either. */
  static final WorkerSettings PATIENT = new WorkerSettings(4, 5);
}
