/**
 * The metrics of SS. {@link dev.ss.metrics.Catalogue} defines every metric, and one class per
 * subject records it. No class here throws an exception into the work that it measures.
 */
package dev.ss.metrics;
