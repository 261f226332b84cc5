package dev.ss.worker.claim;

import dev.ss.job.AttemptEnd;
import java.time.Duration;

/**
 * A finished attempt whose result is not stored yet.
 *
 * @param ran how long it ran
 */
record FinishedAttempt(RunningJobs.Slot slot, AttemptEnd end, Duration ran) {}
