/** What commands write down outside SS, and what SS gives out as theirs. */
package dev.ss.testkit.ledger;
