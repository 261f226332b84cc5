package dev.ss.drill.fault;

import dev.ss.drill.check.Report;

/** Something that is broken on purpose. */
public interface Drill {
  /** As the script takes it and docs/failures.md names it. */
  String name();

  /** What is broken, in words. */
  String fault();

  /** Breaks it. */
  Report run(Plan plan);
}
