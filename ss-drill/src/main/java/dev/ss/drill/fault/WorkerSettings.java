package dev.ss.drill.fault;

import java.util.OptionalInt;

/**
 * The workers of a drill.
 *
 * @param slots of each
 * @param heartbeatSeconds a quarter of the lease
 * @param mostNaps how many naps may run at once. A worker that offers a limited type claims in a
 *     transaction of several statements; without limits each claim is one statement.
 */
record WorkerSettings(int slots, double heartbeatSeconds, OptionalInt mostNaps) {
  /** A lease of 4 s, so that its end need not be waited for long. */
  static final WorkerSettings SHORT = new WorkerSettings(4, 1);

  /** As shipped: where no worker is lost, a machine that is slow today must not lose one either. */
  static final WorkerSettings PATIENT = new WorkerSettings(4, 5);

  /** Like {@link #SHORT}, with a limit that is never reached. */
  static final WorkerSettings IN_TRANSACTIONS = new WorkerSettings(4, 1, OptionalInt.of(100));

  WorkerSettings(int slots, double heartbeatSeconds) {
    this(slots, heartbeatSeconds, OptionalInt.empty());
  }
}
