/** The metrics that only the API counts, as {@link dev.ss.metrics.Catalogue} defines them. */
package dev.ss.api.metrics;
