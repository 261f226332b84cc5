/**
 * What SS counts: {@link dev.ss.metrics.Catalogue} names every metric, and one class per subject
 * records it. Nothing here throws into the work it counts.
 */
package dev.ss.metrics;
