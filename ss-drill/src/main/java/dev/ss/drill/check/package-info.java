/** Whether all is as it has to be afterwards: the table, the outputs, the ledger, the metrics. */
package dev.ss.drill.check;
