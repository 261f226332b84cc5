package dev.ss.metrics;

import com.codahale.metrics.Metric;
import dev.ss.bridge.FamilySpec;
import java.util.List;

/**
 * A metric of SS.
 *
 * @param labels their names
 * @param from which process exports it
 * @param across how to put the instances of a process together
 * @param example a query that is of use
 * @param <M> the Codahale metric that records it
 */
record CatalogueEntry<M extends Metric>(
    FamilySpec<M> spec, List<String> labels, From from, Across across, String example) {

  CatalogueEntry {
    labels = List.copyOf(labels);
  }

  /** Who exports it. */
  enum From {
    API,
    WORKER,
    BOTH
  }

  /** What to do with the values of several instances. */
  enum Across {
    /** Each counts its own. */
    SUM,
    /** All tell of the one database: adding them up would multiply it. */
    MAX,
    /** Each is itself. */
    NONE
  }

  String name() {
    return spec.name();
  }
}
