/**
 * What a worker does besides running jobs: it takes its name, says that it lives, and clears away
 * what is past its retention.
 */
package dev.ss.worker.maintain;
