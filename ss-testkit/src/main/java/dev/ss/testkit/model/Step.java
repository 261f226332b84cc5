package dev.ss.testkit.model;

import dev.ss.job.JobState;
import java.util.Optional;

/**
 * One version of a job's row.
 *
 * @param at when it was written
 * @param committed when that was committed: a moment later, or long after if its writer froze
 * @param generation how often the job has changed hands; the fence of its writes
 * @param worker that runs it, or ran it last
 * @param error why the last attempt did not succeed: the job's {@code error_code}
 * @param exitCode of the last command
 */
public record Step(
    double at,
    double committed,
    String jobId,
    String jobType,
    JobState state,
    int attempt,
    int generation,
    int maxAttempts,
    Optional<String> worker,
    boolean cancelRequested,
    Optional<String> error,
    Optional<Integer> exitCode) {}
