/**
 * Crowds of clients that want to hold up a small API, and honest clients whose response times show
 * whether they can; see {@code bin/drill}.
 */
@NullMarked
package dev.ss.drill.hostile;

import org.jspecify.annotations.NullMarked;
