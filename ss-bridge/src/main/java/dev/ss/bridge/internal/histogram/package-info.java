/**
 * Histograms that are both Codahale's and Prometheus's. Each value is counted in one cell; classic
 * buckets, native buckets and Codahale's snapshot are all read from the cells.
 */
@NullMarked
package dev.ss.bridge.internal.histogram;

import org.jspecify.annotations.NullMarked;
