package dev.ss.metrics;

import com.codahale.metrics.Metric;
import dev.ss.bridge.FamilySpec;
import java.util.List;

/**
 * A metric of SS, as docs/metrics.md lists it.
 *
 * @param labels the names of the labels
 * @param from which process exports the metric
 * @param across how to aggregate the metric over the instances of a process
 * @param example a useful PromQL query
 * @param <M> the Codahale metric that records it
 */
public record CatalogueEntry<M extends Metric>(
    FamilySpec<M> spec, List<String> labels, From from, Across across, String example) {

  public CatalogueEntry {
    labels = List.copyOf(labels);
  }

  /** The process that exports a metric. */
  public enum From {
    API,
    WORKER,
    BOTH
  }

  /** How to aggregate the values of several instances. */
  public enum Across {
    /** Each instance counts its own events. */
    SUM,
    /** All instances report the same database, so a sum would count it several times. */
    MAX,
    /** The instances are not to be aggregated. */
    NONE
  }

  String name() {
    return spec.name();
  }
}
