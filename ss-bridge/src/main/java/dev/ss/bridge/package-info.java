/**
 * From a Codahale {@link com.codahale.metrics.MetricRegistry} to Prometheus. A {@link
 * dev.ss.bridge.BridgeRegistry} makes every {@code Timer} one with buckets and knows labelled
 * families; {@link dev.ss.bridge.ExportedMetrics} turns what is registered into one Prometheus
 * family each.
 *
 * <p>It imports nothing of SS and can be lifted out.
 */
package dev.ss.bridge;
