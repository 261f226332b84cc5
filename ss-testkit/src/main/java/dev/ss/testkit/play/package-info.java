/**
 * Random clients and random faults against real processes, all derived from one seed and checked by
 * {@link dev.ss.testkit.model}.
 */
@NullMarked
package dev.ss.testkit.play;

import org.jspecify.annotations.NullMarked;
