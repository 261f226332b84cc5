/** The worker process: its wiring and the one connector it may have. */
package dev.ss.worker;
