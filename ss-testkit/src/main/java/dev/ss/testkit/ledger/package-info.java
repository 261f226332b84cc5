/**
 * The commands' own record of their executions, kept outside SS, and the outputs that SS stores.
 */
package dev.ss.testkit.ledger;
