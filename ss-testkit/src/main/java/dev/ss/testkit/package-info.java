/**
 * What tests, drills and benchmarks share. It knows SS as an operator does: by processes, HTTP, SQL
 * and {@code /metrics}.
 */
@NullMarked
package dev.ss.testkit;

import org.jspecify.annotations.NullMarked;
