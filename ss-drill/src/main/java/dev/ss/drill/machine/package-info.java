/** What drills need of the machine, and how they leave it. */
@NullMarked
package dev.ss.drill.machine;

import org.jspecify.annotations.NullMarked;
