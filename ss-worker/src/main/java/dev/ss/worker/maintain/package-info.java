/**
 * A worker's duties besides its own jobs: taking its name, writing heartbeats, recovering the jobs
 * of lost workers, and deleting what is past its retention.
 */
@NullMarked
package dev.ss.worker.maintain;

import org.jspecify.annotations.NullMarked;
