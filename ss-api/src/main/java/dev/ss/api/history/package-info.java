/** The last hour of this process's own numbers, in memory. */
@NullMarked
package dev.ss.api.history;

import org.jspecify.annotations.NullMarked;
