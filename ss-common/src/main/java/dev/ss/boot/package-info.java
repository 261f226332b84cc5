/** What the two applications share in starting, stopping and serving {@code /metrics}. */
package dev.ss.boot;
