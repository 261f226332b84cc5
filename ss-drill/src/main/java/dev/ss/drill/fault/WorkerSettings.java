package dev.ss.drill.fault;

import java.util.OptionalInt;

/**
 * The settings of a drill's workers.
 *
 * @param slots the slots of each worker
 * @param heartbeatSeconds a quarter of the lease
 * @param maxNaps how many naps may run at once. A worker that offers a limited type claims in a
 *     transaction of several statements; without limits each claim is one statement.
 */
record WorkerSettings(int slots, double heartbeatSeconds, OptionalInt maxNaps) {
  /** A lease of 4 s, so that the drill need not wait long for its end. */
  static final WorkerSettings SHORT = new WorkerSettings(4, 1);

  /**
   * The default lease, for drills without lost workers, so that a slow machine does not lose one.
   */
  static final WorkerSettings PATIENT = new WorkerSettings(4, 5);

  /** Like {@link #SHORT}, with a limit that is never reached. */
  static final WorkerSettings IN_TRANSACTIONS = new WorkerSettings(4, 1, OptionalInt.of(100));

  WorkerSettings(int slots, double heartbeatSeconds) {
    this(slots, heartbeatSeconds, OptionalInt.empty());
  }
}
