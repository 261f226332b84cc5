/**
 * Causes real faults on one machine. The drills of {@link dev.ss.drill.fault} compare what is left
 * with a ledger kept outside SS; those of {@link dev.ss.drill.alert} watch alerts fire and clear.
 */
@NullMarked
package dev.ss.drill;

import org.jspecify.annotations.NullMarked;
