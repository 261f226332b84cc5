/**
 * An independent model of SS's rules: which steps a job may take, which commands may run, and which
 * answers clients may get. It only checks what others have observed, and does no I/O. All times are
 * in seconds of {@link dev.ss.testkit.process.Uptime}.
 */
@NullMarked
package dev.ss.testkit.model;

import org.jspecify.annotations.NullMarked;
