package dev.ss.testkit.ledger;

import java.util.OptionalDouble;

/**
 * One execution of a job's command, as the command itself recorded it in the ledger.
 *
 * @param attempt the attempt number that SS passed to the command
 * @param worker the id of the process that started the command
 * @param process the id of the command's process
 * @param nonce a text unique to this execution; the command prints it if it completes
 * @param start in seconds of {@link dev.ss.testkit.process.Uptime}
 * @param end in the same seconds; empty if the command did not complete
 */
public record Execution(
    String jobId,
    int attempt,
    long worker,
    long process,
    String nonce,
    double start,
    OptionalDouble end) {}
