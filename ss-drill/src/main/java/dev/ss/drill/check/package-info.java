/** Checks after a drill: the table, the outputs, the ledger and the metrics. */
package dev.ss.drill.check;
