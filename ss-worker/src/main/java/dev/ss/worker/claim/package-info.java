/**
 * Claims due jobs, has them run, stores their results, and kills attempts that this worker has
 * lost. {@link dev.ss.worker.claim.Claimer} starts and stops all of it; {@code ClaimLoop} is the
 * main loop.
 */
@NullMarked
package dev.ss.worker.claim;

import org.jspecify.annotations.NullMarked;
