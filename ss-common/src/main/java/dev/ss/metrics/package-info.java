/**
 * The metrics of SS. {@link dev.ss.metrics.Catalogue} defines every metric. The classes beside it
 * record what both processes count; {@code dev.ss.api.metrics} and {@code dev.ss.worker.metrics}
 * record what only one of them counts. None of them throws an exception into the work that it
 * measures.
 */
@NullMarked
package dev.ss.metrics;

import org.jspecify.annotations.NullMarked;
