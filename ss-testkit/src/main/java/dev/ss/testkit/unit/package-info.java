/** For tests within one JVM: time, threads, the log, and what a test requires or checks. */
@NullMarked
package dev.ss.testkit.unit;

import org.jspecify.annotations.NullMarked;
