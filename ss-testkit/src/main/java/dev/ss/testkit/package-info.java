/** SS as real processes, for tests, drills and benches alike. */
package dev.ss.testkit;
