/** What the two applications share to start, stop and serve {@code /metrics}. */
@NullMarked
package dev.ss.boot;

import org.jspecify.annotations.NullMarked;
