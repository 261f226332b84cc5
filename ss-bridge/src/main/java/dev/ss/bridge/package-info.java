/**
 * Exports a Codahale {@link com.codahale.metrics.MetricRegistry} to Prometheus. A {@link
 * dev.ss.bridge.BridgeRegistry} is such a registry. Its timers and histograms have buckets, its
 * families have labels, and {@link dev.ss.bridge.MetricsServlet}, {@link
 * dev.ss.bridge.MetricsHandler} or {@link dev.ss.bridge.BridgeBundle} serves it.
 *
 * <p>The package does not depend on SS, and has a Java module of its own.
 */
@NullMarked
package dev.ss.bridge;

import org.jspecify.annotations.NullMarked;
