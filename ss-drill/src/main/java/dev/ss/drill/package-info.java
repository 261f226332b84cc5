/** Breaks SS for real, on one machine, and compares what is left with a ledger of its own. */
package dev.ss.drill;
