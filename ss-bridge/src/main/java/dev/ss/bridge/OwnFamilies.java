package dev.ss.bridge;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;

/**
 * The families of the bridge's metrics about itself. Prometheus sees them; the registry's other
 * reporters do not, because they are not metrics of the application.
 *
 * @param prefix the first part of their names
 */
public record OwnFamilies(String prefix) {
  /** The families with their usual prefix. */
  public static final OwnFamilies STANDARD = new OwnFamilies("metrics_bridge");

  /** Whether each collector's last run succeeded, 1 or 0. */
  public FamilySpec<Gauge<?>> collectorSuccess() {
    return FamilySpec.gauge(
        prefix + "_collector_success",
        "1 if the collector succeeded the last time, 0 if it failed.");
  }

  /** How long each collector's last run took, in seconds. */
  public FamilySpec<Gauge<?>> collectorDuration() {
    return FamilySpec.gauge(
        prefix + "_collector_duration_seconds", "How long the collector took the last time.");
  }

  /** When each collector last succeeded, in seconds of Unix time. */
  public FamilySpec<Gauge<?>> collectorLastSuccess() {
    return FamilySpec.gauge(
        prefix + "_collector_last_success_timestamp_seconds",
        "When the collector last succeeded, in Unix time.");
  }

  /** Recordings that went to {@code _other} because their family had reached its cap. */
  public FamilySpec<Meter> overflow() {
    return FamilySpec.counter(
        prefix + "_overflow_total",
        "Recordings whose labels became _other because their family had reached its cap;"
            + " absent until then.");
  }

  /** Metrics that a scrape left out, or that were refused at registration. */
  public FamilySpec<Meter> dropped() {
    return FamilySpec.counter(
        prefix + "_dropped_total",
        "Metrics left out of a scrape or refused at their registration; absent until then.");
  }

  boolean has(FamilySpec<?> spec) {
    return spec.name().startsWith(prefix + "_");
  }
}
