/**
 * What tests, drills and benchmarks share. It knows SS as an operator does: by processes, HTTP, SQL
 * and {@code /metrics}.
 */
package dev.ss.testkit;
