/**
 * The commands' own record of their executions, kept outside SS, and the outputs that SS stores.
 */
@NullMarked
package dev.ss.testkit.ledger;

import org.jspecify.annotations.NullMarked;
