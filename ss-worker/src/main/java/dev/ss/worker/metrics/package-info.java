/** The metrics that only a worker counts, as {@link dev.ss.metrics.Catalogue} defines them. */
@NullMarked
package dev.ss.worker.metrics;

import org.jspecify.annotations.NullMarked;
