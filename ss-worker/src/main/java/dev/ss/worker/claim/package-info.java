/**
 * From a due job to its stored end: claims jobs, has them run, stores how they end, and lets go of
 * what is no longer this worker's. {@link dev.ss.worker.claim.Claimer} starts and stops it, the
 * {@code ClaimLoop} is its heart.
 */
package dev.ss.worker.claim;
