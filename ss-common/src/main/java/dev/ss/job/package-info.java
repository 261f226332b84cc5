/**
 * The model of a job: its states, its types, its attempts and how they end. Plain values, which do
 * not depend on databases, HTTP or metrics.
 */
@NullMarked
package dev.ss.job;

import org.jspecify.annotations.NullMarked;
