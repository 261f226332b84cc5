/** What the two applications share to start, stop and serve {@code /metrics}. */
package dev.ss.boot;
