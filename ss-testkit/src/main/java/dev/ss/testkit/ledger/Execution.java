package dev.ss.testkit.ledger;

import java.util.OptionalDouble;

/**
 * One execution of a job's command, as the command itself wrote it into the ledger.
 *
 * @param attempt as SS told the command
 * @param worker the process that started the command
 * @param process the command itself
 * @param nonce of this execution alone; what it printed, if it came to its end
 * @param start in seconds of {@link dev.ss.testkit.place.Uptime}
 * @param end the same; empty if it did not come to its end
 */
public record Execution(
    String jobId,
    int attempt,
    long worker,
    long process,
    String nonce,
    double start,
    OptionalDouble end) {}
