/** The drills. Each causes a fault while clients submit jobs, and reports the result. */
@NullMarked
package dev.ss.drill.fault;

import org.jspecify.annotations.NullMarked;
