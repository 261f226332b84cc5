/**
 * From a Codahale {@link com.codahale.metrics.MetricRegistry} to Prometheus. A {@link
 * dev.ss.bridge.BridgeRegistry} makes every {@code Timer} one with buckets and knows labelled
 * families; {@link dev.ss.bridge.ExportedMetrics} turns what is registered into one Prometheus
 * family each.
 *
 * <p>It knows nothing of SS, and has a module of its own.
 */
package dev.ss.bridge;
