/**
 * The verdict on SS: from facts in memory to findings, each with its evidence, the time since when
 * it holds, and its runbook.
 */
@NullMarked
package dev.ss.api.report;

import org.jspecify.annotations.NullMarked;
