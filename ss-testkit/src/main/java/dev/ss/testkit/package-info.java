/** Runs SS as real processes, for tests, drills and benchmarks. */
package dev.ss.testkit;
