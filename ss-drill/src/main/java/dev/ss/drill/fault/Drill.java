package dev.ss.drill.fault;

import dev.ss.drill.check.Report;

/** A fault to cause, and the checks after it. */
interface Drill {
  /** Returns the drill's name on the command line and in the documents. */
  String name();

  /** Returns what is broken, in words. */
  String fault();

  /** Runs the drill. */
  Report run(Plan plan);
}
