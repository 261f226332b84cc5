/** The metrics that only the API counts, as {@link dev.ss.metrics.Catalogue} defines them. */
@NullMarked
package dev.ss.api.metrics;

import org.jspecify.annotations.NullMarked;
