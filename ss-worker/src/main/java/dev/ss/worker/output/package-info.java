/** Stores what commands write, while they write it and after they have ended. */
@NullMarked
package dev.ss.worker.output;

import org.jspecify.annotations.NullMarked;
