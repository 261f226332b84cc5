/** Checks after a drill: the table, the outputs, the ledger and the metrics. */
@NullMarked
package dev.ss.drill.check;

import org.jspecify.annotations.NullMarked;
