/** For tests within one JVM: time, threads, the log, and what a test requires or checks. */
package dev.ss.testkit.unit;
