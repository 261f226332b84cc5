/**
 * Turns metrics into the families and series that Prometheus sees, and scrapes them. It reads
 * untrusted code in such a way that a scrape neither hangs nor fails.
 */
@NullMarked
package dev.ss.bridge.internal.export;

import org.jspecify.annotations.NullMarked;
