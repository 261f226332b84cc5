package dev.ss.bridge;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;

/**
 * What the bridge says of itself. Prometheus sees these families; the registry's other reporters do
 * not, because they are no metrics of the application.
 *
 * @param prefix of their names
 */
public record OwnFamilies(String prefix) {
  /** The families by their usual names. */
  public static final OwnFamilies STANDARD = new OwnFamilies("metrics_bridge");

  /** Whether each collector succeeded the last time. */
  public FamilySpec<Gauge<?>> collectorSuccess() {
    return FamilySpec.gauge(
        prefix + "_collector_success",
        "1 if the collector succeeded the last time, 0 if it failed.");
  }

  /** How long each collector took the last time. */
  public FamilySpec<Gauge<?>> collectorDuration() {
    return FamilySpec.gauge(
        prefix + "_collector_duration_seconds", "How long the collector took the last time.");
  }

  /** When each collector last succeeded. */
  public FamilySpec<Gauge<?>> collectorLastSuccess() {
    return FamilySpec.gauge(
        prefix + "_collector_last_success_timestamp_seconds",
        "When the collector last succeeded, in Unix time.");
  }

  /** Recordings that went to another series for want of room. */
  public FamilySpec<Meter> overflow() {
    return FamilySpec.counter(
        prefix + "_overflow_total",
        "Recordings whose labels became _other because their family had reached its cap;"
            + " absent until then.");
  }

  /** What a scrape lacks. */
  public FamilySpec<Meter> dropped() {
    return FamilySpec.counter(
        prefix + "_dropped_total",
        "Metrics left out of a scrape or refused at their registration; absent until then.");
  }

  boolean has(FamilySpec<?> spec) {
    return spec.name().startsWith(prefix + "_");
  }
}
