/** The metrics that only a worker counts, as {@link dev.ss.metrics.Catalogue} defines them. */
package dev.ss.worker.metrics;
