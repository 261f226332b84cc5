/**
 * From a due execution to a committed end: claims jobs through db-scheduler, has them run, writes
 * down what came of it, and lets go of what is no longer this worker's.
 */
package dev.ss.worker.claim;
