/** Causes real faults on one machine, and compares the results with a ledger kept outside SS. */
package dev.ss.drill;
