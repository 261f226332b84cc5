/** SS as an operator starts it: APIs and workers as processes on one database. */
@NullMarked
package dev.ss.testkit.system;

import org.jspecify.annotations.NullMarked;
