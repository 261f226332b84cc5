package dev.ss.testkit.model;

import java.util.Optional;

/**
 * One version of a job's row.
 *
 * @param at when it was written
 * @param committed when it was committed: usually a moment later, but long after if its writer
 *     froze
 * @param generation how often the job has changed hands; the fencing token of its writes
 * @param worker the worker that runs it or ran it last
 * @param error the job's {@code error_code}: why the last attempt did not succeed
 * @param exitCode the exit code of the last command
 */
public record Step(
    double at,
    double committed,
    String jobId,
    String jobType,
    State state,
    int attempt,
    int generation,
    int maxAttempts,
    Optional<String> worker,
    boolean cancelRequested,
    Optional<String> error,
    Optional<Integer> exitCode) {}
