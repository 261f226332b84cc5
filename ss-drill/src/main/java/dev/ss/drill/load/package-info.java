/** The load of a drill, and the record of the answers that its clients got. */
@NullMarked
package dev.ss.drill.load;

import org.jspecify.annotations.NullMarked;
